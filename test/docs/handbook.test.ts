import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { createProgram } from '../../src/cli/program.js'
import { VARIABLES } from '../../src/config.js'
import type { Role } from '../../src/kernel/module.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const readme = read('README.md')
const handbook = read('docs/HANDBOOK.zh-CN.md')

const pages = ['README.md', 'README.zh-CN.md', 'training/README.md', ...markdownBelow('docs')]

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(folder, path))
}

/** What is said before the first blank, number or example: `办结 0012 已更换…` → `办结`. */
const verbOf = (say: string): string => say.split(/[\s（⏎]/)[0] ?? say

/** Every phrase that 帮助 can show. */
const phrases = modules.flatMap((module) =>
  module.commands.flatMap(({ name, help }) => (help ? [{ name, ...help }] : [])),
)

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  resident: '居民',
  worker: '社工',
  coordinator: '协管员',
  manager: '主任',
  officer: '街道',
  surveyor: '第三方',
}
const STAFF: readonly Role[] = ['worker', 'coordinator', 'manager']

function saidBy(roles: readonly Role[]): string {
  if (roles.includes('resident') && STAFF.every((role) => roles.includes(role))) return '所有人'
  const all = STAFF.every((role) => roles.includes(role))
  const others = roles.filter((role) => !all || !STAFF.includes(role)).map((role) => ROLE_WORDS[role])
  return [...(all ? ['社区工作人员'] : []), ...others].join('、')
}

const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', '⏎')

describe('the handbook', () => {
  it('comes with the list of all phrases; `npx vitest run test/docs -u` writes it anew', async () => {
    const rows = phrases.map(({ say, does, roles }) => `| ${cell(say)} | ${cell(does)} | ${saidBy(roles)} |`)
    const page = [
      '# 全部说法速查',
      '',
      '对邻里说“帮助”，看到的就是这些，按您的身份列出。道理和例子见[使用手册](HANDBOOK.zh-CN.md)。',
      '',
      '| 说法 | 做什么 | 谁能说 |',
      '| --- | --- | --- |',
      ...rows,
      '',
      '“社区工作人员”是社工、协管员和社区主任。“⏎”是换行。',
      '',
    ]
    await expect(page.join('\n')).toMatchFileSnapshot('../../docs/PHRASES.zh-CN.md')
  })

  const ours = phrases.filter(({ name }) => /^(people|requests|desk)\./.test(name)).map(({ name, say }) => [name, say])
  it.each(ours)('tells how to use %s: %s', (_name, say) => {
    const quoted = [...handbook.matchAll(/`([^`\n]+)`/g)].map((found) => verbOf(found[1] ?? ''))
    expect(quoted).toContain(verbOf(say))
  })
})

describe('the readme', () => {
  const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| (.*?) \|/gm)]

  it('has each variable once, with the default of .env.example', () => {
    const given = [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map((found) => [found[1], found[2]])
    expect(given.map(([name]) => name).sort()).toEqual([...VARIABLES].sort())
    expect(rows.map((row) => row[1]).sort()).toEqual([...VARIABLES].sort())
    for (const [name, standard] of given) {
      const told = rows.find((row) => row[1] === name)?.[2] ?? ''
      if (standard) expect(told, name).toBe(`\`${standard}\``)
      else expect(told, name).not.toMatch(/^`/)
    }
  })

  it('names every command of the command line, and every script it names exists', () => {
    for (const command of createProgram().commands) {
      const own = command.commands.map((below) => `${command.name()} ${below.name()}`)
      for (const name of own.length > 0 ? own : [command.name()]) expect(readme.includes(`\`${name}`), name).toBe(true)
    }
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map((found) => found[1] ?? '')
    expect(named.length).toBeGreaterThan(10)
    for (const name of named) expect(scripts).toHaveProperty(name)
  })
})

describe('links', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    const text = read(page)
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? join(root, page) : resolve(root, dirname(page), path)
      expect(existsSync(file), `${page} → ${target}`).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(readFileSync(file, 'utf8')), `${page} → ${target}`).toContain(anchor)
      expect(relative(root, file).startsWith('..'), `${target} leaves the repository`).toBe(false)
    }
  })
})

/** The anchors that headings get on GitHub. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map((found) =>
    (found[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  )
}
