#!/usr/bin/env node
import { OperatorError } from '../kernel/errors.js'
import { createProgram } from './program.js'
import { usageExitCode } from './usage.js'

try {
  await createProgram().parseAsync()
} catch (error) {
  const usage = usageExitCode(error)
  if (usage !== null) process.exitCode = usage
  else {
    process.exitCode = 1
    console.error(error instanceof OperatorError ? error.message : error)
  }
}
