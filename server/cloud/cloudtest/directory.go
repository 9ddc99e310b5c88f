package cloudtest

import (
	"fmt"
	"net/http"
)

// Keys that exist.
const (
	Ada      = "pnu_AdaSeesTwoAccounts000000000000000ada" // acme/prod, acme/dev and umbrella/lab
	Robot    = "pnb_RobotSeesOneWorkspace00000000000robt" // a service account: acme/dev
	Outsider = "pnu_OutsiderSeesUmbrellaOnly000000000out" // umbrella/lab, so not the account acme
	Newcomer = "pnu_NewcomerSeesNothingYet00000000000new" // no workspace
	Manager  = "pnu_ManagerSeesVeryMany00000000000000man" // all of the above and 300 more, in three more accounts
	Expired  = "pnu_ExpiredLastMonth0000000000000000expd" // 401
	Blocked  = "pnu_BlockedByIPAllowList000000000000blok" // 403
)

type account struct{ id, handle, name string }

type workspace struct {
	account          account
	id, handle, name string
}

// A holder is whom a key belongs to.
type holder struct {
	handle, firstName, lastName string
	workspaces                  []workspace
	status                      int    // that everything is answered with; 0 if all is well
	detail                      string // that says why
}

func named(number int, handle, name string) account {
	return account{fmt.Sprintf("aaaaaaaa-0000-4000-8000-%012d", number), handle, name}
}

func (a account) workspace(number int, handle, name string) workspace {
	return workspace{a, fmt.Sprintf("bbbbbbbb-0000-4000-8000-%012d", number), handle, name}
}

// workspaces are all that exist.
func workspaces() []workspace {
	acme, umbrella := named(1, "acme", "Acme Inc."), named(2, "umbrella", "Umbrella Ltd.")
	all := []workspace{
		acme.workspace(1, "prod", "Production"),
		acme.workspace(2, "dev", "Development"),
		umbrella.workspace(3, "lab", "Laboratory"),
	}
	for i, city := range []string{"basel", "cork", "dover"} {
		owner := named(3+i, city, "Branch "+city)
		for n := range 100 {
			all = append(all, owner.workspace(1000*(i+1)+n, fmt.Sprintf("team-%02d", n), fmt.Sprintf("Team %d", n)))
		}
	}
	return all
}

// holders are the holders of the keys.
func holders() map[string]holder {
	all := workspaces()
	prod, dev, lab := all[0], all[1], all[2]
	return map[string]holder{
		Ada:      {"ada", "Ada", "Lovelace", []workspace{prod, dev, lab}, 0, ""},
		Robot:    {"robot", "", "", []workspace{dev}, 0, ""},
		Outsider: {"oscar", "Oscar", "Outside", []workspace{lab}, 0, ""},
		Newcomer: {"nina", "Nina", "New", nil, 0, ""},
		Manager:  {"max", "Max", "Many", all, 0, ""},
		Expired:  {status: http.StatusUnauthorized, detail: "Invalid authentication credentials"},
		Blocked:  {status: http.StatusForbidden, detail: "IP address 192.0.2.7 is not in the allow list of this account"},
	}
}
