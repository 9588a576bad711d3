export { createKeeper, type Keeper } from './keeper.js'
export { groupText, sizeText, whyText } from './texts.js'
