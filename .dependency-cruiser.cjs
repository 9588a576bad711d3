/** Who may import whom: the table of docs/ARCHITECTURE.md, checked. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
})
const kernel = '^src/kernel/'
const db = '^src/db/'
const community = '^src/community/'
const ledger = '^src/ledger/'
const charts = '^src/charts/'
const files = '^src/files/'

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('kernel-imports-nothing-of-ours', kernel, ['^src/db/transaction\\.ts$']),
    only('db-imports-kernel', db, [kernel]),
    only('community-imports-kernel-db', community, [kernel, db]),
    only('channels-transport-only', '^src/channels/', [kernel]),
    {
      name: 'channels-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/([^/]+)/', pathNot: '^src/channels/$1/' },
    },
    only('understanding-is-pure', '^src/understanding/', [kernel]),
    only('files-know-nobody', files, []),
    only('ledger-below-modules', ledger, [kernel, db, community, files]),
    only('charts-draw-only', charts, [kernel]),
    only('modules-know-no-machinery', '^src/modules/', [kernel, db, community, ledger, charts]),
    {
      name: 'no-module-imports-another',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'decide-is-pure',
      severity: 'error',
      from: { path: '/decide[^/]*\\.ts$', pathNot: '\\.test\\.ts$' },
      // Its own module's pure parts are welcome; whatever reads or writes is not.
      to: {
        path: [
          '^src/(db|community|ledger)/',
          '^src/modules/.*/(store|prepare|apply|jobs|reactions|sheets|index)[^/]*\\.ts$',
        ],
      },
    },
    {
      name: 'only-app-lists-modules',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app\\.ts$', '^src/modules/', '^src/demo/'] },
      to: { path: '^src/modules/[^/]+/' },
    },
    {
      name: 'only-config-reads-the-environment',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/cli/', '^src/app\\.ts$', '^src/config\\.ts$'] },
      to: { path: '^src/config\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/db/generated' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
