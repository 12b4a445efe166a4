"""Referrals 移送/转办: one authority asks another, which answers."""
