"""One photo by libjpeg-turbo, as Pillow carries it: decode reduced inside the DCT, turn, resize (Lanczos), encode.

Prints the version of libjpeg-turbo and the milliseconds of each of N runs, the first one aside.
usage: turbo_photo.py PHOTO.jpg N
"""
import io
import sys
import time

from PIL import Image, ImageOps, features

photo, runs = open(sys.argv[1], "rb").read(), int(sys.argv[2])
print(features.version("libjpeg_turbo"))
for run in range(runs + 1):
    begun = time.perf_counter()
    image = Image.open(io.BytesIO(photo))
    image.draft("RGB", (1600, 1200))
    image.thumbnail((1600, 1600), Image.Resampling.LANCZOS, reducing_gap=None)
    image = ImageOps.exif_transpose(image)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=80, exif=b"")
    if run > 0:
        print((time.perf_counter() - begun) * 1000)
    assert image.size == (1200, 1600), image.size
