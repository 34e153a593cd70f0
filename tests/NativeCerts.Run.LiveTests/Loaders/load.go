package main

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
)

func main() {
	rest, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(rest) {
		panic("no certificate")
	}
	count := 0
	for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
		fmt.Printf("%x\n", sha256.Sum256(block.Bytes))
		count++
	}
	if len(pool.Subjects()) != count {
		panic("the pool has left out certificates")
	}
}
