import { expect, test } from "vitest";
import { coalesce } from "./coalesce";

/** A task whose runs end when the test says so. */
function controlled() {
  const ends: ((error?: Error) => void)[] = [];
  const task = () =>
    new Promise<void>((resolve, reject) => {
      ends.push((error) => {
        if (error === undefined) {
          resolve();
        } else {
          reject(error);
        }
      });
    });
  return { ends, task };
}

test("calls during a run share one run after it", async () => {
  const { ends, task } = controlled();
  const run = coalesce(task);

  const first = run();
  const second = run();
  const third = run();
  expect(ends).toHaveLength(1);
  expect(third).toBe(second);

  ends[0]?.();
  await first;
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await second;
});

test("a call after the last run starts a new one", async () => {
  const { ends, task } = controlled();
  const run = coalesce(task);

  const first = run();
  ends[0]?.();
  await first;
  const second = run();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await second;
});

test("a run that fails does not stop the next", async () => {
  const { ends, task } = controlled();
  const run = coalesce(task);

  const first = run();
  const second = run();
  ends[0]?.(new Error("no server"));
  await expect(first).rejects.toThrow("no server");
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await second;
});
