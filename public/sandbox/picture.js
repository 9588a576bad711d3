// @ts-check

/** What the service takes; bytes. */
const MOST_BYTES = 1024 * 1024
const TAKEN = ['image/png', 'image/jpeg', 'image/webp']
/** Long side after shrinking, first try to last; pixels. */
const SIDES = [1600, 1200, 800]

/**
 * A picture the service takes: as it is when small, else smaller and as JPEG, as phones do before sending.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function shrink(file) {
  if (file.size <= MOST_BYTES && TAKEN.includes(file.type)) return file
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) throw new Error('这张图片打不开，请换一张 PNG、JPEG 或 WebP。')
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    if (blob instanceof Blob && blob.size <= MOST_BYTES) return blob
  }
  throw new Error('图片太大了，最多 1 MB。')
}
