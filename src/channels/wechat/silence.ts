/** Notices when the platform has given no sign of life for too long: a WeChat login may lapse without a word. */
export interface SilenceWatch {
  /** Something was heard. */
  heard(): void
  stop(): void
}

/** Calls `onSilence` once when nothing was heard for `ms`, and `onVoice` when something is heard again. */
export function watchSilence(ms: number, on: { silence(): void; voice(): void }): SilenceWatch {
  let silent = false
  const timer = setTimeout(() => {
    silent = true
    on.silence()
  }, ms)
  timer.unref()
  return {
    heard() {
      timer.refresh()
      if (!silent) return
      silent = false
      on.voice()
    },
    stop: () => clearTimeout(timer),
  }
}
