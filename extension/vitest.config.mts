import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["extension/src/**/*.test.ts"],
        },
      },
      {
        test: {
          name: "packaging",
          include: ["extension/packaging/**/*.test.ts"],
          // For what never ends: where nothing is cached, all of Go's library is compiled.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["extension/test/e2e/**/*.test.ts"],
          globalSetup: ["extension/test/e2e/setup.ts"],
          // One VS Code at a time: two starve each other on a small machine.
          fileParallelism: false,
          // For what never ends. What is waited for is always a state, never a time.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 90_000 } },
        },
      },
    ],
  },
});
