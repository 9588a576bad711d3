/** `图片 2 张，语音 1 段`: what came with a message, by what the platform calls it. */
export function attachedText(attachments: readonly { readonly mime: string }[]): string {
  const count = (prefix: string) => attachments.filter(({ mime }) => mime.startsWith(prefix)).length
  const [images, voices, videos] = [count('image/'), count('audio/'), count('video/')]
  const files = attachments.length - images - voices - videos
  return [
    images > 0 && `图片 ${images} 张`,
    voices > 0 && `语音 ${voices} 段`,
    videos > 0 && `视频 ${videos} 段`,
    files > 0 && `文件 ${files} 个`,
  ]
    .filter(Boolean)
    .join('，')
}
