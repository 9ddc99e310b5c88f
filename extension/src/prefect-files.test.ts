import { expect, test } from "vitest";
import { tellsOfPrefect } from "./prefect-files";

test.each([
  ["prefect.yaml", ""],
  ["/a/b/prefect.toml", ""],
  ["profiles.toml", 'active = "x"\n[profiles.x]\n'],
  [".env", "A=1\nexport PREFECT_API_URL=x\n"],
  [".env.local", "PREFECT_API_URL = x"],
  ["prod.env", "PREFECT_API_URL=x"],
  ["pyproject.toml", "[tool.prefect.api]\n"],
  ["pyproject.toml", 'dependencies = ["prefect>=3", "x"]'],
  ["pyproject.toml", 'dependencies = [\n  "prefect[aws] ~= 3.1",\n]'],
  ["pyproject.toml", "dependencies = ['prefect-aws']"],
  ["pyproject.toml", '[tool.poetry.dependencies]\nprefect = "^3"'],
  ["requirements.txt", "x\nprefect\n"],
  ["requirements-dev.txt", "prefect==3.1 # y"],
])("%s with %j tells of Prefect", (name, text) => {
  expect(tellsOfPrefect(name, text)).toBe(true);
});

test.each([
  ["profiles.toml", "[default]\n"],
  [".env", "# PREFECT_API_URL=x\nMY_PREFECT_X=1"],
  [".env", ""],
  ["pyproject.toml", '[tool.prefecture]\ndescription = "prefects a school"'],
  ["requirements.txt", "prefecture==1\nimprefect"],
  ["notes.txt", "PREFECT_API_URL=x"],
])("%s with %j does not", (name, text) => {
  expect(tellsOfPrefect(name, text)).toBe(false);
});
