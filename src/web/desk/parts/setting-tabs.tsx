import { pathOf } from '../env.js'

const TABS = [
  ['figures', 'settings', '时限、额度和时间'],
  ['words', 'settings/words', '话术'],
  ['history', 'settings/history', '改动记录'],
] as const

export const SettingTabs = ({ code, chosen }: { readonly code: string; readonly chosen: (typeof TABS)[number][0] }) => (
  <nav class="tabs" aria-label="设置">
    {TABS.map(([name, path, label]) => (
      <a href={pathOf(code, path)} aria-current={name === chosen ? 'page' : undefined}>
        {label}
      </a>
    ))}
    <a href={pathOf(code, 'ledger#pages')}>台账页</a>
  </nav>
)
