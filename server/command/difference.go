package command

import (
	"slices"
	"strings"

	"prefect-ls/profiles/text"
)

// maxCompared limits the pairs of lines that are compared. A larger difference becomes one edit.
const maxCompared = 1 << 20

// difference is the edits of whole lines that turn before into after. Lines that both have stay untouched.
func difference(before, after string) []text.Edit {
	old, now := slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	at := 0 // in bytes of before
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		at += len(old[0])
		old, now = old[1:], now[1:]
	}
	for len(old) > 0 && len(now) > 0 && old[len(old)-1] == now[len(now)-1] {
		old, now = old[:len(old)-1], now[:len(now)-1]
	}
	var edits []text.Edit
	add := func(removed int, added string) {
		if removed == 0 && added == "" {
			return
		}
		edits = append(edits, text.Edit{Span: text.Span{Start: at, End: at + removed}, New: added})
		at += removed
	}
	if len(old)*len(now) > maxCompared {
		add(len(strings.Join(old, "")), strings.Join(now, ""))
		return edits
	}
	removed, added := 0, ""
	common := commonLines(old, now)
	for i, j := 0, 0; i < len(old) || j < len(now); {
		switch {
		case i < len(old) && j < len(now) && old[i] == now[j]:
			add(removed, added)
			removed, added = 0, ""
			at += len(old[i])
			i, j = i+1, j+1
		case j == len(now) || i < len(old) && common[i+1][j] >= common[i][j+1]:
			removed += len(old[i])
			i++
		default:
			added += now[j]
			j++
		}
	}
	add(removed, added)
	return edits
}

// commonLines tells how many lines, at most, old[i:] and now[j:] have in common in the same order.
func commonLines(old, now []string) [][]int {
	common := make([][]int, len(old)+1)
	for i := range common {
		common[i] = make([]int, len(now)+1)
	}
	for i, line := range slices.Backward(old) {
		for j, other := range slices.Backward(now) {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if line == other {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	return common
}
