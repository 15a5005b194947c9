// What the programs on govmomi share: where the host is, and how they say what is so.
package main

import (
	"fmt"
	"io/ioutil"
	"net/url"
	"os"
	"strings"

	"github.com/vmware/govmomi/vim25/soap"
)

func must(err error) {
	if err != nil {
		fmt.Println("not so:", err)
		os.Exit(1)
	}
}

func check(what string, value bool) {
	if !value {
		must(fmt.Errorf("%s", what))
	}
	fmt.Println("ok:", what)
}

// The host at the port and with the password of the file that the program was given, in root's name.
func endpoint() (*url.URL, *url.Userinfo) {
	text, err := ioutil.ReadFile(os.Args[2])
	must(err)
	where, err := soap.ParseURL("https://127.0.0.1:" + os.Args[1] + "/sdk")
	must(err)
	return where, url.UserPassword("root", strings.SplitN(string(text), "\n", 2)[0])
}
