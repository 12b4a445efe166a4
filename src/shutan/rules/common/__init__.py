"""What several sectors share: grains, kinds of fuel, electricity factors, steam properties."""
