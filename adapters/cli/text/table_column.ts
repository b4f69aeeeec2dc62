/** A column of a table. */
export interface TableColumn {
  /** What stands above it. */
  readonly title: string;
  /** Its share of the width, compared with the other columns, when the table is too wide. */
  readonly share: number;
}
