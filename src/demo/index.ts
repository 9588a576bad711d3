export { demoCrowd } from './crowd.js'
export { demoPeople, GROUPS as demoGroups } from './people.js'
export { seedDemo } from './seed.js'
