# pyVmomi, unmodified, works inside a guest: programs, files in and out, guestinfo, the guest's own users.
# It has a VM that runs: vm.py calls it.
import hashlib
import os
import socket
import struct
import time
import urllib.error
import urllib.request
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

guest = vim.vm.guest


def until(what):
    for _ in range(2400):
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise SystemExit('not so: it comes within two minutes')


def faults(kind, action):
    try:
        action()
    except kind:
        return True
    return False


def work_inside(si, vm, context, port, check):
    manager = si.content.guestOperationsManager
    programs, files, logins = manager.processManager, manager.fileManager, manager.authManager

    def login(name, password):
        return guest.NamePasswordAuthentication(username=name, password=password, interactiveSession=False)

    root = login('root', '')

    def run(auth, program, arguments='', **more):
        pid = programs.StartProgramInGuest(vm, auth, guest.ProcessManager.ProgramSpec(
            programPath=program, arguments=arguments, **more))
        return until(lambda: [each for each in programs.ListProcessesInGuest(vm, auth, [pid]) if each.endTime])[0]

    def read(auth, path):
        info = files.InitiateFileTransferFromGuest(vm, auth, path)
        got = urllib.request.urlopen(info.url.replace('*:%d' % port, '127.0.0.1:%d' % port), context=context).read()
        return info, got

    def write(auth, path, data, overwrite=False, size=None, **attributes):
        url = files.InitiateFileTransferToGuest(vm, auth, path, guest.FileManager.PosixFileAttributes(**attributes),
                                                len(data) if size is None else size, overwrite)
        request = urllib.request.Request(url.replace('*:', '127.0.0.1:'), data=data, method='PUT')
        return url, urllib.request.urlopen(request, context=context).status

    logins.ValidateCredentialsInGuest(vm, root)
    for name, password in (('root', 'wrong'), ('nobody', ''), ('mallory', ''), ("x'; reboot", ''), ('ro.t', '')):
        check('%s with "%s" does not get in' % (name, password), faults(
            vim.fault.InvalidGuestLogin, lambda: logins.ValidateCredentialsInGuest(vm, login(name, password))))

    ended = run(root, '/bin/sh', "-c 'pwd; echo $A; exit 3' >/tmp/out", workingDirectory='/etc',
                envVariables=["A=it's here"])
    check('a program runs and ends', ended.exitCode == 3 and ended.name == 'sh' and ended.owner == 'root')
    check('its output is in a file', read(root, '/tmp/out')[1] == b"/etc\nit's here\n")
    check('what is no program is not started', faults(vim.fault.FileNotFound, lambda: run(root, '/bin/none')))
    pid = programs.StartProgramInGuest(vm, root, guest.ProcessManager.ProgramSpec(
        programPath='/bin/sleep', arguments='1000'))
    found = programs.ListProcessesInGuest(vm, root, [pid])[0]
    check('it is listed', found.cmdLine == '/bin/sleep 1000' and found.owner == 'root' and found.endTime is None
          and abs(found.startTime.timestamp() - time.time()) < 60)
    everything = programs.ListProcessesInGuest(vm, root, None)
    check('all are listed', {each.name for each in everything} >= {'init', 'sleep', 'vmk-agent'})
    programs.TerminateProcessInGuest(vm, root, pid)
    ended = until(lambda: [each for each in programs.ListProcessesInGuest(vm, root, [pid]) if each.endTime])[0]
    check('it is ended', ended.exitCode == 128 + 15)
    check('what is no process is not', faults(
        vim.fault.GuestProcessNotFound, lambda: programs.TerminateProcessInGuest(vm, root, 99999)))
    check('variables are read', programs.ReadEnvironmentVariableInGuest(vm, root, ['HOME']) == ['HOME=/root'])

    # A user of the guest's own, with a password of the guest's own.
    run(root, '/bin/sh', "-c 'echo ann:x:1000:1000::/tmp/ann:/bin/sh >>/etc/passwd; mkdir /tmp/ann; chown 1000 /tmp/ann;"
        " echo ann:$(mkpasswd -m sha256 secret):20000:::::: >>/etc/shadow; mkdir -m 700 /tmp/roots'")
    ann = login('ann', 'secret')
    logins.ValidateCredentialsInGuest(vm, ann)
    check('its password counts', faults(vim.fault.InvalidGuestLogin, lambda: logins.ValidateCredentialsInGuest(
        vm, login('ann', ''))))
    run(ann, '/usr/bin/id', '-u >/tmp/ann/id')
    check('programs run as that user', read(ann, '/tmp/ann/id')[1] == b'1000\n')
    check('what is not theirs is not', faults(vim.fault.GuestPermissionDenied, lambda: read(ann, '/etc/shadow'))
          and faults(vim.fault.GuestPermissionDenied, lambda: write(ann, '/etc/new', b''))
          and faults(vim.fault.GuestPermissionDenied, lambda: files.ListFilesInGuest(vm, ann, '/tmp/roots')))

    data = os.urandom(100000)
    url, status = write(ann, '/tmp/ann/a b', data, permissions=0o640)
    info, got = read(ann, '/tmp/ann/a b')
    check('a file goes in and comes out', status == 200 and got == data and info.size == len(data))
    check('it has its owner', (info.attributes.ownerId, info.attributes.permissions) == (1000, 0o640))
    run(root, '/bin/sh', "-c 'md5sum \"/tmp/ann/a b\" >/tmp/md5'")
    check('the guest has the same', read(root, '/tmp/md5')[1].startswith(hashlib.md5(data).hexdigest().encode()))
    check('a URL is good once', faults(urllib.error.HTTPError, lambda: urllib.request.urlopen(
        urllib.request.Request(url.replace('*:', '127.0.0.1:'), data=data, method='PUT'), context=context)))
    check('a URL is for one thing', faults(urllib.error.HTTPError, lambda: urllib.request.urlopen(
        files.InitiateFileTransferFromGuest(vm, root, '/etc/passwd').url.replace('*:', '127.0.0.1:')[:-1] + 'x',
        context=context)))
    check('nothing is overwritten unasked', faults(vim.fault.FileAlreadyExists, lambda: write(ann, '/tmp/ann/id', b'')))
    check('a file of another size is refused', faults(urllib.error.HTTPError, lambda: write(
        ann, '/tmp/ann/id', b'abc', overwrite=True, size=4)) and read(ann, '/tmp/ann/id')[1] == b'1000\n')
    write(ann, '/tmp/ann/id', b'', overwrite=True)
    check('an empty file goes in', read(ann, '/tmp/ann/id')[1] == b'')

    files.MakeDirectoryInGuest(vm, ann, '/tmp/ann/x/y', True)
    check('a folder is not made twice', faults(vim.fault.FileAlreadyExists, lambda: files.MakeDirectoryInGuest(
        vm, ann, '/tmp/ann/x', False)))
    check('nor without the one above', faults(vim.fault.FileNotFound, lambda: files.MakeDirectoryInGuest(
        vm, ann, '/tmp/ann/q/r', False)))
    files.MoveFileInGuest(vm, ann, '/tmp/ann/a b', '/tmp/ann/x/c', False)
    files.MoveDirectoryInGuest(vm, ann, '/tmp/ann/x', '/tmp/ann/z')
    run(ann, '/bin/ln', '-s ../id /tmp/ann/z/link')
    listed = files.ListFilesInGuest(vm, ann, '/tmp/ann/z', None, None, None)
    check('files are listed', {(each.path, each.type, each.attributes.symlinkTarget) for each in listed.files} == {
        ('c', 'file', ''), ('y', 'directory', ''), ('link', 'symlink', '../id')} and listed.remaining == 0)
    files.ChangeFileAttributesInGuest(vm, ann, '/tmp/ann/z/c', guest.FileManager.PosixFileAttributes(permissions=0o600))
    one = files.ListFilesInGuest(vm, ann, '/tmp/ann/z', 0, 1, '^c').files[0]
    check('names are matched, modes are set', (one.path, one.size, one.attributes.permissions) == (
        'c', len(data), 0o600))
    many = files.ListFilesInGuest(vm, root, '/bin', 0, 20, None)
    check('a long list comes in parts', len(many.files) == 20 and many.remaining > 50)
    check('a pattern that is none is said so', faults(vmodl.fault.InvalidArgument, lambda: files.ListFilesInGuest(
        vm, ann, '/tmp', None, None, '*(')))
    check('what is not there is not listed', faults(vim.fault.FileNotFound, lambda: files.ListFilesInGuest(
        vm, ann, '/tmp/none', None, None, None)))
    name = files.CreateTemporaryFileInGuest(vm, ann, 'pre', '.suf', '/tmp/ann')
    folder = files.CreateTemporaryDirectoryInGuest(vm, ann, 'dir', '', None)
    check('temporary files are made', name.startswith('/tmp/ann/pre') and name.endswith('.suf')
          and folder.startswith('/tmp/dir') and read(ann, name)[1] == b'')
    check('a folder with files stays', faults(vim.fault.DirectoryNotEmpty, lambda: files.DeleteDirectoryInGuest(
        vm, ann, '/tmp/ann/z', False)))
    check('a folder is no file', faults(vim.fault.NotAFile, lambda: files.DeleteFileInGuest(vm, ann, '/tmp/ann/z')))
    files.DeleteFileInGuest(vm, ann, name)
    files.DeleteDirectoryInGuest(vm, ann, '/tmp/ann/z', True)
    check('they are removed', faults(vim.fault.FileNotFound, lambda: read(ann, name))
          and [each.path for each in files.ListFilesInGuest(vm, ann, '/tmp/ann', None, None, None).files] == ['id'])

    run(root, '/bin/sh', "-c 'vmk-info get guestinfo.greeting >/tmp/greeting; vmk-info set guestinfo.answer \"a b\"'")
    check('guestinfo of the .vmx is in the guest', read(root, '/tmp/greeting')[1] == b'hello')
    until(lambda: [each for each in vm.config.extraConfig if (each.key, each.value) == ('guestinfo.answer', 'a b')])
    check('guestinfo of the guest is outside', True)
    check('its clock is the one of the host', run(root, '/bin/sh', "-c '[ $(date +%Y) = 2031 ]'").exitCode == 0)
    def succeeds(script):
        return run(root, '/bin/sh', "-c '%s'" % script).exitCode == 0

    disks_come_and_go(vm, succeeds, check)
    see_and_type(vm, port, context, succeeds, check)


def disks_come_and_go(vm, succeeds, check):
    """While it runs: its controller is one of VMware's, as clients make them."""
    device = vim.vm.device
    wait = 'for i in $(seq 600); do %s && exit; sleep 0.1; done; exit 1'

    def change(operation, what, **more):
        WaitForTask(vm.ReconfigVM_Task(vim.vm.ConfigSpec(deviceChange=[
            device.VirtualDeviceSpec(operation=operation, device=what, **more)])))

    def labelled(label):
        found = [each for each in vm.config.hardware.device if each.deviceInfo.label == label]
        return found[0] if found else None

    backing = device.VirtualDisk.FlatVer2BackingInfo(fileName='', diskMode='persistent', thinProvisioned=True)
    change('add', device.VirtualDisk(key=-1, controllerKey=1000, unitNumber=1, capacityInKB=4096, backing=backing),
           fileOperation='create')
    check('a disk comes while it runs', succeeds(wait % '[ "$(cat /sys/block/sda/size)" = 8192 ]'))
    check('and is written', succeeds('echo late | dd of=/dev/sda conv=fsync'))
    late = labelled('Hard disk 2')
    late.capacityInKB = 8192
    change('edit', late)
    check('it grows', succeeds(wait % '[ "$(cat /sys/block/sda/size)" = 16384 ]'))
    change('remove', late, fileOperation='destroy')
    check('it goes', succeeds(wait % '[ ! -e /sys/block/sda ]') and labelled('Hard disk 2') is None)
    check('the disk that it was switched on with stays', faults(
        vim.fault.DeviceHotPlugNotSupported, lambda: change('remove', labelled('Hard disk 1'))))
    network = device.VirtualEthernetCard.NetworkBackingInfo(deviceName='VM Network')
    check('a network card does not come', faults(
        vim.fault.DeviceHotPlugNotSupported, lambda: change('add', device.VirtualVmxnet3(key=-1, backing=network))))


def see_and_type(vm, port, context, succeeds, check):
    """The console as a screen: a ticket, a WebSocket on the HTTPS port, RFB in it."""
    ticket = vm.AcquireTicket('webmks')
    check('other consoles there are not', faults(vmodl.fault.NotSupported, lambda: vm.AcquireTicket('mks')))

    def connect():
        stream = context.wrap_socket(socket.create_connection(('127.0.0.1', ticket.port)), server_hostname='localhost')
        stream.sendall(('GET /ticket/%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
                        'Sec-WebSocket-Protocol: binary\r\n\r\n' % ticket.ticket).encode())
        reader = stream.makefile('rb')
        status = reader.readline()
        while reader.readline() != b'\r\n':
            pass
        return stream, reader, status

    stream, reader, status = connect()
    check('a ticket leads to the console', b'101' in status and ticket.port == port)
    check('once', b'403' in connect()[2])
    said = b''

    def expect(count):
        nonlocal said
        while len(said) < count:
            length = reader.read(2)[1]
            if length >= 126:
                length = int.from_bytes(reader.read(2 if length == 126 else 8), 'big')
            said += reader.read(length)
        taken, said = said[:count], said[count:]
        return taken

    def say(data):
        stream.sendall(bytes([0x82, 0x80 | len(data)]) + bytes(4) + data)

    check('it is a screen', expect(12) == b'RFB 003.008\n')
    say(b'RFB 003.008\n')
    expect(2)
    say(b'\x01\x01')
    expect(4)
    width, height = struct.unpack('>HH', expect(24 + len(vm.name))[:4])
    check('of 80 by 25 characters', (width, height) == (640, 400))
    say(struct.pack('>BBHHHH', 3, 0, 0, 0, width, height))
    lines = struct.unpack('>xxH', expect(4))[0]
    picture = expect(lines * (12 + width * 16 * 4))
    check('with something on it', lines == 25 and bytes([170, 170, 170, 0]) in picture)
    for key in b'echo seen >/tmp/seen\r':
        say(struct.pack('>BBHI', 4, 1, 0, 0xff0d if key == 13 else key))
    say(struct.pack('>BBHHHH', 3, 1, 0, 0, width, height))
    check('what is typed is seen', 0 < struct.unpack('>xxH', expect(4))[0] < 25)
    check('and done', succeeds('for i in $(seq 600); do grep -q seen /tmp/seen && exit; sleep 0.1; done; exit 1'))
    stream.close()
