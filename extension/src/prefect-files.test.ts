import { expect, test } from "vitest";
import { tellsOfPrefect } from "./prefect-files";

test.each([
  ["prefect.yaml", ""],
  ["/a/b/prefect.toml", ""],
  ["profiles.toml", 'active = "x"\n[profiles.x]\n'],
  ["profiles.toml", " [ profiles.x ]\n"],
  [".env", "A=1\nexport  PREFECT_API_URL=x\n"],
  [".env.local", "PREFECT_API_URL = x"],
  ["prod.env", "PREFECT_API_URL=x"],
  ["pyproject.toml", "[tool.prefect.api]\n"],
  ["pyproject.toml", " [ tool . prefect . api ]\n"],
  ["pyproject.toml", 'dependencies = ["prefect>=3", "x"]'],
  ["pyproject.toml", 'dependencies = ["prefect >=3"]'],
  ["pyproject.toml", 'dependencies = [\n  "prefect[aws] ~= 3.1",\n]'],
  ["pyproject.toml", "dependencies = ['prefect-aws']"],
  ["pyproject.toml", '[tool.poetry.dependencies]\nprefect = "^3"'],
  ["pyproject.toml", "[tool.poetry.dependencies]\n  prefect-aws='^1'"],
  ["requirements.txt", "x\nprefect\n"],
  ["requirements-dev.txt", "prefect==3.1 # y"],
  ["requirements.txt", "prefect-aws==1"],
])("%s with %j tells of Prefect", (name, text) => {
  expect(tellsOfPrefect(name, text)).toBe(true);
});

test.each([
  ["profiles.toml", "[default]\n# [profiles.x]"],
  ["my-profiles.toml", "[profiles.x]"],
  ["profiles.toml.bak", "[profiles.x]"],
  [".env", "# PREFECT_API_URL=x\nMY_PREFECT_X=1"],
  [".env", ""],
  [".environment", "PREFECT_API_URL=x"],
  ["x.env.bak", "PREFECT_API_URL=x"],
  ["pyproject.toml", '[tool.prefecture]\ndescription = "prefects a school"'],
  ["pyproject.toml", "# [tool.prefect]\nx = 1 # prefect = 3"],
  ["my-pyproject.toml", "[tool.prefect]"],
  ["pyproject.toml.bak", "[tool.prefect]"],
  ["requirements.txt", "prefecture==1\nimprefect"],
  ["notes.txt", "PREFECT_API_URL=x"],
])("%s with %j does not", (name, text) => {
  expect(tellsOfPrefect(name, text)).toBe(false);
});
