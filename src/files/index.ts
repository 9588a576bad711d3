export * from './folder.js'
export * from './kinds.js'
