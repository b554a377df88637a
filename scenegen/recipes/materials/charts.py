"""Charts: colours that things have, sRGB as in a paint chart."""

from scenegen.recipes.materials.draw import Chart
from schemas.surface import Color


def _chart(codes: str) -> Chart:
    return tuple(_color(code) for code in codes.split())


def _color(code: str) -> Color:
    red, green, blue = (round(byte / 255, 4) for byte in bytes.fromhex(code))
    return red, green, blue


OFF_WHITES = _chart("ede8de e8e8e6 f2f0eb e6deCf efeae0 e3e4e1")
MUTED = _chart("bdc9c7 c4ccb8 d9c7ad ccc2bd b8c2d1 decCbd b3b0a8 c7b6a0 a9b3a4 c9bcc4")
ACCENTS = _chart("4d636b 70806b a86b54 575e78 c2995c 805c61 8c999e 3d5a4c 7a4a3a 2f4257 8f6f86 b5793f")
STRONG = _chart("b3332c 2f5f9e d9a520 3a7d44 e0702a 6b3f7f 1f7f86 c24d7c 26364f 8a1f2b")
"""Of plastics, cars and things for children."""
WOODS = _chart("b88c61 9e7047 734d33 ccab80 998c7d 5c402e a87c50 d8bd96 8a5a3a 6e5a48 c29a6b 40302a")
PAINTED = _chart("edecea f2f0e8 e0ded9 3b3f42 5f6b66 8fa3a8 b9c2b4 2e3a46 c9b79c 7c3b33")
TRIMS = _chart("ededeb f2f0e8 e0ded9")
TILES = _chart("d1c7b8 9e9c99 b37357 e0dedb 6f6a64 c9b08c 8b8f90 4a4b4d e8e2d5")
BATH_TILES = _chart("e9eae8 dfe6e6 c7d4d6 a9c0c4 e8dfd0 8fa7a0 b9bdb8 5c7480 d9c9b8")
JOINTS = _chart("9e9990 c4c0b8 7d7972 dedad2 5a5855")
CLOTHS = _chart("8c8070 6b7380 b3a38f 734038 526661 c7bfb3 997552 3e4650 8a8f86 a3564a 586b8a d8d0c2 6d5a4a")
LEATHERS = _chart("5a3a28 2b2522 7a4a2c 9c6b42 3f2a26 8a7a68 c9b597 6b1f1f")
CARPETS = _chart("8c8070 6b7380 b3a38f 5a5550 7a7f86 a39684 4d5a66 6e6257 3f4a45")
STONES = _chart("a8a29a 8c8881 c9c2b4 6e6b68 d8d3c8 57595c b8a68c 7a7f7a")
MARBLES = _chart("e6e4e0 d9d4cc 3a3b3d c9bfae 8f9a92")
CONCRETES = _chart("a6a39d 969591 b5b1a8 87878a c0bbb0 9b978e")
BRICKS = _chart("94503a a35c42 7d4332 b06f50 8a5a48 c49a72 6e3d34 a8836a d0c8bc")
MORTARS = _chart("b5afa4 9c968c c9c4ba 857f77")
METALS = _chart("b3b3b3 b8945f c4c4c6 8f8f92 6b6864 a67c52 55565a")
FACADES = _chart("d1c2a8 b8735c dbd9d1 b3b3b3 c9b38a d8c9b5 a8b0a8 e0d2b0 c99a7a 9aa6ae e6e2d8 bfa38f")
ROOFS = _chart("6b4233 4d4d52 8a4f3a 5c5a58 7a5b48 3e4246")
ASPHALTS = _chart("4e4e50 5a5a5a 636260 454648 6c6a66")
MARKINGS = _chart("dcdcd6 e3e1d9 d0cec6")
PAVEMENTS = _chart("a39e95 8f8c87 b8b0a2 7d7c7a 9c8d7d a98a78")
GRASSES = _chart("56703a 667a40 4c6634 75804a 7f7f52 5d7a35")
STRAWS = _chart("9c8f5c 8a7d4e a69a6a")
SOILS = _chart("735c42 5f4a36 8a7355 9c8869 6b5a4a")
LEAVES = _chart("33521f 3d5c2a 2f4a26 4a6630 58703a 3f5a3a")
BARKS = _chart("5a4a3c 6b5a4a 4a4038 7d7264 8c857a 3e342c")
WATERS = _chart("26393f 2b4038 31474f 3a4238 1f2f3a")
PAPERS = _chart("efece4 e6dfcc d8c9a8 c9a878 b8915f dcd8cf")
CARDBOARDS = _chart("b8915f a8824f c29c6b 9c7648")
TAPES = _chart("a8794a 8f6236 d9c9a8 e6e2da")
GLASSES = _chart("eef4f1 f2f5f5 e4efe9")
