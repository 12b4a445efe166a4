"""What a cell of the aviation sheets may choose from."""

from shutan.kernel import Choices

FuelUse = Choices(
    "FuelUse",
    DOMESTIC_FLIGHT="国内航班|domestic flights",
    INTERNATIONAL_FLIGHT="国际航班|international flights",
    GROUND_VEHICLE="地面移动源（车辆、设备）|ground vehicles and equipment",
    STATIONARY="固定源（锅炉、发电机等）|stationary sources such as boilers",
)
