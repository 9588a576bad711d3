import { VARIABLES } from '../../config.js'
import { texts } from './texts.js'

/** One line a variable: what it is set to, secrets and passwords hidden. */
export function describeVariables(env: NodeJS.ProcessEnv): string[] {
  const width = Math.max(...VARIABLES.map((name) => name.length))
  return VARIABLES.map((name) => {
    const value = env[name]?.trim()
    return `  ${name.padEnd(width)}  ${value ? hide(name, value) : texts.defaulted}`
  })
}

function hide(name: string, value: string): string {
  if (/TOKEN|SECRET|KEY/.test(name)) return '***'
  return value.replace(/(:\/\/[^/:@]*:)[^@]*@/, '$1***@')
}
