// A program on govmomi, unmodified: a VM is made, boots, works inside its guest, is snapshotted, ended, removed.
// usage: govmomi PORT PASSWORD-FILE; prints a line "ok: what" for each thing that is as it must be.
package main

import (
	"context"
	"crypto/md5"
	"fmt"
	"io/ioutil"
	"net/url"
	"strings"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/guest"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func wait(ctx context.Context, task *object.Task, err error) *types.TaskInfo {
	must(err)
	info, err := task.WaitForResult(ctx, nil)
	must(err)
	return info
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	where, owner := endpoint()
	where.User = url.UserPassword("root", "no")
	_, err := govmomi.NewClient(ctx, where, true)
	check("a wrong password is refused", err != nil && strings.Contains(err.Error(), "incorrect user name or password"))
	where.User = owner
	client, err := govmomi.NewClient(ctx, where, true)
	must(err)
	check("it is a host", !client.IsVC() && client.ServiceContent.About.ApiType == "HostAgent")

	finder := find.NewFinder(client.Client)
	dc, err := finder.DefaultDatacenter(ctx)
	must(err)
	finder.SetDatacenter(dc)
	folders, err := dc.Folders(ctx)
	must(err)
	pool, err := finder.DefaultResourcePool(ctx)
	must(err)
	store, err := finder.DefaultDatastore(ctx)
	must(err)
	network, err := finder.Network(ctx, "VM Network")
	must(err)
	backing, err := network.EthernetCardBackingInfo(ctx)
	must(err)

	var devices object.VirtualDeviceList
	scsi, err := devices.CreateSCSIController("pvscsi")
	must(err)
	devices = append(devices, scsi)
	disk := devices.CreateDisk(scsi.(types.BaseVirtualController), store.Reference(), "")
	disk.CapacityInKB = 4096
	devices = append(devices, disk)
	card, err := devices.CreateEthernetCard("vmxnet3", backing)
	must(err)
	devices = append(devices, card)
	changes, err := devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	must(err)
	spec := types.VirtualMachineConfigSpec{
		Name: "gopher", GuestId: "ubuntu64Guest", MemoryMB: 128, NumCPUs: 1, DeviceChange: changes,
		Files: &types.VirtualMachineFileInfo{VmPathName: "[" + store.Name() + "]"},
	}
	task, err := folders.VmFolder.CreateVM(ctx, spec, pool, nil)
	info := wait(ctx, task, err)
	vm := object.NewVirtualMachine(client.Client, info.Result.(types.ManagedObjectReference))
	found, err := finder.VirtualMachine(ctx, "gopher")
	must(err)
	check("a VM is there", found.Reference() == vm.Reference())
	task, err = vm.PowerOn(ctx)
	wait(ctx, task, err)
	address, err := vm.WaitForIP(ctx)
	must(err)
	check("its guest has an address", strings.HasPrefix(address, "10."))
	byAddress, err := object.NewSearchIndex(client.Client).FindByIp(ctx, dc, address, true)
	must(err)
	check("it is found by that", byAddress != nil && byAddress.Reference() == vm.Reference())

	manager := guest.NewOperationsManager(client.Client, vm.Reference())
	root := &types.NamePasswordAuthentication{Username: "root"}
	processes, err := manager.ProcessManager(ctx)
	must(err)
	files, err := manager.FileManager(ctx)
	must(err)
	content := strings.Repeat("gopher\n", 5000)
	size := int64(len(content))
	into, err := files.InitiateFileTransferToGuest(ctx, root, "/tmp/in", &types.GuestPosixFileAttributes{}, size, false)
	must(err)
	target, err := files.TransferURL(ctx, into)
	must(err)
	upload := soap.DefaultUpload
	upload.ContentLength = size
	must(client.Upload(ctx, strings.NewReader(content), target, &upload))
	pid, err := processes.StartProgram(ctx, root, &types.GuestProgramSpec{
		ProgramPath: "/bin/sh", Arguments: "-c 'md5sum /tmp/in >/tmp/out; exit 4'"})
	must(err)
	for {
		list, err := processes.ListProcesses(ctx, root, []int64{pid})
		must(err)
		if len(list) == 1 && list[0].EndTime != nil {
			check("a program ran in the guest", list[0].ExitCode == 4)
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	out, err := files.InitiateFileTransferFromGuest(ctx, root, "/tmp/out")
	must(err)
	source, err := files.TransferURL(ctx, out.Url)
	must(err)
	reader, _, err := client.Download(ctx, source, &soap.DefaultDownload)
	must(err)
	sum, err := ioutil.ReadAll(reader)
	must(err)
	check("the file that went in is the one there", strings.HasPrefix(string(sum), fmt.Sprintf("%x", md5.Sum([]byte(content)))))

	task, err = vm.CreateSnapshot(ctx, "one", "text", true, false)
	wait(ctx, task, err)
	task, err = vm.RevertToSnapshot(ctx, "one", false)
	wait(ctx, task, err)
	consolidate := true
	task, err = vm.RemoveSnapshot(ctx, "one", false, &consolidate)
	wait(ctx, task, err)
	var state mo.VirtualMachine
	must(property.DefaultCollector(client.Client).RetrieveOne(ctx, vm.Reference(), nil, &state))
	check("all of it can be read", state.Snapshot == nil && state.Runtime.PowerState == "poweredOn" && state.Config.Uuid != "")
	task, err = vm.Reset(ctx)
	wait(ctx, task, err)
	task, err = vm.PowerOff(ctx)
	wait(ctx, task, err)
	power, err := vm.PowerState(ctx)
	must(err)
	check("it is off", power == types.VirtualMachinePowerStatePoweredOff)
	all, err := vm.Device(ctx)
	must(err)
	must(vm.RemoveDevice(ctx, false, all.SelectByType((*types.VirtualDisk)(nil))...))
	left, err := vm.Device(ctx)
	must(err)
	check("its disk is gone", len(left.SelectByType((*types.VirtualDisk)(nil))) == 0)
	task, err = vm.Destroy(ctx)
	wait(ctx, task, err)
	_, err = finder.VirtualMachine(ctx, "gopher")
	_, isGone := err.(*find.NotFoundError)
	check("it is removed", isGone)
	must(client.Logout(ctx))
}
