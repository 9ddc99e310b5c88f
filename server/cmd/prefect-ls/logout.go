package main

import (
	"cmp"
	"context"
	"flag"

	"prefect-ls/protocol"
	"prefect-ls/server/command"
)

const logoutUsage = `Usage: prefect-ls logout [OPTION...]

Take the API key and the URL of Prefect Cloud out of the active profile. The key itself stays valid.

`

func logout(ctx context.Context, std stdio, args []string) int {
	var params protocol.CommandParams
	deed, code, ok := parseDeed(std, "logout", logoutUsage, args, func(flags *flag.FlagSet) {
		flags.StringVar(&params.Profile, "profile", "", "the `profile` to log out of, if it is not the active one")
	})
	switch {
	case !ok:
		return code
	case len(deed.names) > 0:
		return fail(std, "logout takes no %q; use --profile", deed.names[0])
	}
	folder, err := deed.desk.Folder("")
	if err != nil {
		return fail(std, "%v", err)
	}
	params.Profile = cmp.Or(params.Profile, folder.Result.Displayed.Name)
	result, err := command.Logout(ctx, deed.desk, params)
	return deed.end(std, result, err)
}
