/** A kind of machine that the server is built for. */
export interface Platform {
  /** What Go builds for. */
  readonly go: {
    readonly GOOS: "linux" | "windows" | "darwin";
    readonly GOARCH: "amd64" | "arm64" | "arm";
  };
  /** Names of the server's file. */
  readonly executable: "prefect-ls" | "prefect-ls.exe";
  /** The targets of VS Code that run it: `alpine` too, as the server needs no C library. */
  readonly vscode: readonly string[];
  /** The platform tags of its Python wheel. */
  readonly wheel: readonly string[];
}

/**
 * Every machine there is a server for. The tags of wheels are the oldest systems that Go 1.26 supports (go.dev/wiki/MinimumRequirements):
 * macOS 12, and a Linux older than any that `manylinux2014` stands for.
 */
export const platforms: readonly Platform[] = [
  {
    go: { GOOS: "linux", GOARCH: "amd64" },
    executable: "prefect-ls",
    vscode: ["linux-x64", "alpine-x64"],
    wheel: linuxTags("x86_64"),
  },
  {
    go: { GOOS: "linux", GOARCH: "arm64" },
    executable: "prefect-ls",
    vscode: ["linux-arm64", "alpine-arm64"],
    wheel: linuxTags("aarch64"),
  },
  {
    go: { GOOS: "linux", GOARCH: "arm" },
    executable: "prefect-ls",
    vscode: ["linux-armhf"],
    wheel: linuxTags("armv7l"),
  },
  {
    go: { GOOS: "darwin", GOARCH: "amd64" },
    executable: "prefect-ls",
    vscode: ["darwin-x64"],
    wheel: ["macosx_12_0_x86_64"],
  },
  {
    go: { GOOS: "darwin", GOARCH: "arm64" },
    executable: "prefect-ls",
    vscode: ["darwin-arm64"],
    wheel: ["macosx_12_0_arm64"],
  },
  {
    go: { GOOS: "windows", GOARCH: "amd64" },
    executable: "prefect-ls.exe",
    vscode: ["win32-x64"],
    wheel: ["win_amd64"],
  },
  {
    go: { GOOS: "windows", GOARCH: "arm64" },
    executable: "prefect-ls.exe",
    vscode: ["win32-arm64"],
    wheel: ["win_arm64"],
  },
];

function linuxTags(machine: string): readonly string[] {
  return ["manylinux_2_17", "manylinux2014", "musllinux_1_1"].map(
    (system) => `${system}_${machine}`,
  );
}

/** The machine that this runs on, and VS Code's name of it. */
export function thisPlatform(): { platform: Platform; target: string } {
  const architecture = process.arch === "arm" ? "armhf" : process.arch;
  const target = `${process.platform}-${architecture}`;
  const platform = platforms.find(({ vscode }) => vscode.includes(target));
  if (platform === undefined) {
    throw new Error(`There is no server for ${target}.`);
  }
  return { platform, target };
}
