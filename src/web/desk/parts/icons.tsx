/** Strokes on a field of 24 by 24. */
const PATHS = {
  today: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8.5 14.5l2.2 2.2 4.6-4.4',
  requests: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  map: 'M4 20V8l5-4v16M9 20V4l6 4v12M15 20V8l5 4v8zM4 20h16',
  visits: 'M12 3 3 11h2v9h5v-5h4v5h5v-9h2z',
  surveys: 'M5 20V11M10 20V5M15 20v-7M20 20V8M3 20h18',
  ledger: 'M6 3h11a2 2 0 0 1 2 2v16H8a2 2 0 0 1-2-2zM6 18h13M10 8h5M10 12h5',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5',
  access:
    'M2.500 12C5 7.500 8.300 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.800 6.500-9.500 6.500S5 16.500 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  inspections: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.500l-3 3a4 4 0 0 0 6 6l1-1',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  add: 'M12 5v14M5 12h14',
} as const

export type IconName = keyof typeof PATHS

/** A picture beside words that say the same: hidden from those who listen. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
    <path
      d={PATHS[name]}
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
)
