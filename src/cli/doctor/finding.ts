/** What the doctor found about one thing. Only `wrong` makes it fail. */
export interface Finding {
  readonly state: 'well' | 'note' | 'wrong'
  readonly what: string
  readonly detail: string
}

export const well = (what: string, detail: string): Finding => ({ state: 'well', what, detail })
export const note = (what: string, detail: string): Finding => ({ state: 'note', what, detail })
export const wrong = (what: string, detail: string): Finding => ({ state: 'wrong', what, detail })

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
