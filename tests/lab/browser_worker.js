// What a browser offers without any library.

self.onmessage = async ({ data: bytes }) => {
  const blob = new Blob([bytes], { type: "image/jpeg" });
  // 1200 × 1600: the photo lies on its side and is seen upright.
  const sized = { resizeWidth: 1200, resizeHeight: 1600, resizeQuality: "high", imageOrientation: "from-image" };
  const bitmap = await createImageBitmap(blob, sized);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  bitmap.close();
  const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
  const jpeg = new Uint8Array(await made.arrayBuffer());
  self.postMessage({ jpeg, width: canvas.width, height: canvas.height }, [jpeg.buffer]);
};
