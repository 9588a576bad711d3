import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { modules } from '../../src/app.js'
import { createProgram } from '../../src/cli/program.js'
import { VARIABLES } from '../../src/config.js'

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

describe('the handbook', () => {
  it.each(phrases.map(({ name, say }) => [name, say]))('tells how to say %s', (_name, say) => {
    const quoted = [...handbook.matchAll(/`([^`\n]+)`/g)].map((found) => found[1] ?? '')
    const tabled = [...handbook.matchAll(/^\| ([^|]+) \|/gm)].map((found) => found[1] ?? '')
    expect([...quoted, ...tabled].map(verbOf)).toContain(verbOf(say))
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
