export { type DemoPerson, demoPeople, GROUPS as demoGroups } from './people.js'
export { DEMO_COMMUNITY, seedDemo } from './seed.js'
