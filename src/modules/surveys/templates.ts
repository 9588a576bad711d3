import { type Definition, type Question, SATISFACTION } from './types.js'

const satisfaction = (key: string, text: string, weight: number): Question => ({
  kind: 'scale',
  key,
  text,
  points: 5,
  labels: [...SATISFACTION],
  weight,
  optional: false,
})

/** 群众评议社区: services, management, democracy, free words. The weights are ours; they are frozen with each round. */
export const communityEvaluation = (
  communityName: string,
  year: string,
  rest: Pick<Definition, 'sample' | 'days'>,
): Definition => ({
  title: `${year}年群众评议${communityName}`,
  kind: 'community',
  anonymous: true,
  intro: '',
  ...rest,
  questions: [
    satisfaction('services', '社区服务（办事、走访、为老助困、文体活动）', 40),
    satisfaction('management', '社区管理（环境卫生、安全、停车、物业协调）', 35),
    satisfaction('democracy', '社区民主（居务公开、听取意见、居民议事）', 25),
    { kind: 'text', key: 'opinion', text: '您最希望社区改进什么', optional: true },
  ],
})

/** The ten aspects of 社区评议部门: four named by the account of the reform, six of ours. */
export const ASPECTS = [
  '布置工作任务',
  '创建评比',
  '费随事转',
  '服务作风',
  '执行准入目录',
  '报表统计',
  '证明盖章',
  '协管员管理',
  '指导培训',
  '回应社区反映',
] as const

/** 社区评议部门: ten marks for each department, a reason for a low one. */
export const departmentEvaluation = (
  title: string,
  departments: readonly { readonly id: number; readonly name: string }[],
  aspects: readonly string[],
  days: number | undefined,
): Definition => ({
  title,
  kind: 'departments',
  anonymous: true,
  intro: '',
  days,
  questions: departments.map(({ id, name }) => ({
    kind: 'matrix',
    key: `d${id}`,
    text: name,
    rows: [...aspects],
    points: 10,
    reasonBelow: 6,
    weight: 1,
    optional: true,
  })),
})

/** The department a question of such a round is about. */
export const departmentOf = (key: string): number => Number(key.slice(1))
