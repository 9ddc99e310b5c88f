import { stat } from "node:fs/promises";
import * as path from "node:path";

/** An error unless the file is within its budget. */
export async function ensureSize(
  file: string,
  budgetBytes: number,
): Promise<void> {
  const { size } = await stat(file);
  if (size > budgetBytes) {
    throw new Error(
      `${path.basename(file)} has ${size} bytes; its budget is ${budgetBytes}.`,
    );
  }
}
