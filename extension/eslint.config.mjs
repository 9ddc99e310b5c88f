import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["extension/dist/"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: "tsconfig.json" },
    },
    rules: {
      // TypeScript checks this, and knows the globals of Node.js and of the browser.
      "no-undef": "off",
      // Vitest reads from the pattern which fixtures a fixture needs, and needs an empty one for none.
      "no-empty-pattern": ["error", { allowObjectPatternsAsParameters: true }],
      // A number reads the same in a message however it is put there; objects and undefined stay forbidden.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
);
