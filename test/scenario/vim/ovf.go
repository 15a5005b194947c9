// A program on govmomi, unmodified: a VM goes out by an export lease, and comes in by an import lease.
// usage: ovf PORT PASSWORD-FILE FOLDER; prints a line "ok: what" for each thing that is as it must be.
package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/nfc"
	"github.com/vmware/govmomi/ovf"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	folder := os.Args[3]
	where, owner := endpoint()
	where.User = owner
	client, err := govmomi.NewClient(ctx, where, true)
	must(err)
	finder := find.NewFinder(client.Client)
	dc, err := finder.DefaultDatacenter(ctx)
	must(err)
	finder.SetDatacenter(dc)
	vm, err := finder.VirtualMachine(ctx, "web")
	must(err)

	lease, err := vm.Export(ctx)
	must(err)
	info, err := lease.Wait(ctx, nil)
	must(err)
	updater := lease.StartUpdater(ctx, info)
	params := types.OvfCreateDescriptorParams{Name: "web"}
	for i := range info.Items {
		item := info.Items[i]
		item.Path = "go-" + item.Path
		must(lease.DownloadFile(ctx, filepath.Join(folder, item.Path), item, soap.DefaultDownload))
		stat, err := os.Stat(filepath.Join(folder, item.Path))
		must(err)
		item.Size = stat.Size()
		params.OvfFiles = append(params.OvfFiles, item.File())
	}
	updater.Done()
	check("its files came", len(info.Items) >= 2)
	manager := ovf.NewManager(client.Client)
	described, err := manager.CreateDescriptor(ctx, vm, params)
	must(err)
	must(lease.Complete(ctx))
	package_, err := ovf.Unmarshal(strings.NewReader(described.OvfDescriptor))
	must(err)
	check("its descriptor is read by govmomi", package_.VirtualSystem.ID == "web" && len(package_.References) == len(info.Items))

	pool, err := finder.DefaultResourcePool(ctx)
	must(err)
	datastore, err := finder.DefaultDatastore(ctx)
	must(err)
	folders, err := dc.Folders(ctx)
	must(err)
	spec, err := manager.CreateImportSpec(ctx, described.OvfDescriptor, pool, datastore, types.OvfCreateImportSpecParams{EntityName: "went"})
	must(err)
	check("there is a spec", spec.Error == nil && len(spec.FileItem) == len(info.Items))
	lease, err = pool.ImportVApp(ctx, spec.ImportSpec, folders.VmFolder, nil)
	must(err)
	info, err = lease.Wait(ctx, spec.FileItem)
	must(err)
	updater = lease.StartUpdater(ctx, info)
	for _, item := range info.Items {
		upload(ctx, lease, item, folder)
	}
	updater.Done()
	must(lease.Complete(ctx))
	vm, err = finder.VirtualMachine(ctx, "went")
	must(err)
	check("it went in", vm != nil)
}

func upload(ctx context.Context, lease *nfc.Lease, item nfc.FileItem, folder string) {
	file, err := os.Open(filepath.Join(folder, item.Path))
	must(err)
	defer file.Close()
	stat, err := file.Stat()
	must(err)
	must(lease.Upload(ctx, item, file, soap.Upload{ContentLength: stat.Size()}))
}
