// Command serve runs a small Prefect Cloud to try things out with, and says where it is and which keys it knows.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"prefect-ls/server/cloud/cloudtest"
)

func main() {
	port := flag.Int("port", 0, "the port of 127.0.0.1 to listen on; 0 for any that is free")
	late := flag.Duration("late", 0, "how long each answer takes")
	flag.Parse()
	if err := run(*port, *late); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(port int, late time.Duration) error {
	cloud, err := cloudtest.Start(fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	defer cloud.Close()
	if late > 0 {
		cloud.Fail("/", cloudtest.Always, cloudtest.Late(late))
	}
	fmt.Printf("PREFECT_CLOUD_API_URL=%s\nPREFECT_CLOUD_UI_URL=%s\n", cloud.API(), cloud.UI())
	fmt.Printf("# keys: %s %s %s\n", cloudtest.Ada, cloudtest.Robot, cloudtest.Manager)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
	return nil
}
