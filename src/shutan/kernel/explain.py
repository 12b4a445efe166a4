"""placeholder replaced below"""


class Explanation: ...


def explain(*a): ...
