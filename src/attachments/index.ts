export { createKeeper } from './keeper.js'
export { groupText, sizeText, whyText } from './texts.js'
