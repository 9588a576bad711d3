import { existsSync } from 'node:fs'
import { type Config, loadEnvFile, readConfig } from '../../config.js'
import { checkFont, checkLlm, checkTelegram, checkWechat } from './channels.js'
import { checkDatabase } from './database.js'
import { type Finding, messageOf, well, wrong } from './finding.js'
import { checkService } from './service.js'
import { texts } from './texts.js'
import { describeVariables } from './variables.js'

/** Says what is configured, reachable and wrong; the exit code is 1 when something is wrong. */
export async function runDoctor(): Promise<void> {
  const hasEnvFile = existsSync('.env')
  loadEnvFile()
  console.log(`${texts.headings.variables}（${hasEnvFile ? texts.envFile.there : texts.envFile.missing}）`)
  for (const line of describeVariables(process.env)) console.log(line)
  console.log(`\n${texts.headings.checks}`)
  const findings: Finding[] = []
  for await (const finding of examine()) {
    findings.push(finding)
    console.log(`  ${texts.marks[finding.state]} ${finding.what}：${finding.detail}`)
  }
  const count = findings.filter((finding) => finding.state === 'wrong').length
  console.log(`\n${count > 0 ? texts.someWrong(count) : texts.allWell}`)
  if (count > 0) process.exitCode = 1
}

async function* examine(): AsyncGenerator<Finding> {
  yield checkNode(process.versions.node)
  let config: Config
  try {
    config = readConfig(process.env)
  } catch (error) {
    // The first line says that something is wrong, each of the others what.
    const [, ...faults] = messageOf(error).split('\n')
    for (const fault of faults) yield wrong(texts.config, fault.trim())
    return
  }
  yield* await checkDatabase(config.databaseUrl)
  yield checkFont()
  yield* await checkTelegram(config.telegram)
  yield checkWechat(config.wechat)
  yield await checkLlm(config.llm)
  yield await checkService(config.host, config.port)
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major > 20 || (major === 20 && minor >= 19) ? well : wrong)('Node.js', texts.node(version))
}
