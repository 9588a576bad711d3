import type { TableView } from '../ledger-data.js'
import { Empty } from './common.js'

/** Rows of a ledger page, the header staying in sight. */
export const LedgerTable = ({ table, label }: { readonly table: TableView; readonly label: string }) =>
  table.rows.length === 0 ? (
    <Empty>这个月没有记录。</Empty>
  ) : (
    <section class="scroll sheet" tabindex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.headers.map((header) => (
              <th scope="col" class={header.width}>
                {header.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
