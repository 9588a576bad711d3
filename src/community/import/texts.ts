/** Reason kept with a worker's span that a roster started. */
export const assignedByRoster = '名册导入'
