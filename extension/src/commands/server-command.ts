import type { Command, Deps } from ".";
import * as protocol from "../protocol";
import type { CommandParams, CommandResult } from "../protocol";

/** The commands that the server carries out; also code actions and lenses run them. Its other constants name methods of LSP. */
export const serverCommands = Object.values(protocol).filter((id) =>
  id.startsWith("prefect."),
);

/** The handler of a command of the server. */
export function serverCommand(id: string): Command {
  return (deps) => (params?: CommandParams) => execute(deps, id, params);
}

/** Has the server carry out a command, by default for the folder that the person works in. */
export function execute(
  { session, current, statusBar }: Deps,
  command: string,
  params: CommandParams = {},
): Promise<CommandResult> {
  const request = session.request<CommandResult>("workspace/executeCommand", {
    command,
    arguments: [{ uri: current.uri, ...params }],
  });
  // The others wait for a person more than for a server.
  return command === protocol.commandVerify
    ? statusBar.during(request)
    : request;
}
