#!/bin/sh
# virsh, unmodified, with libvirt's ESX driver: a volume, a VM on it, its life, its snapshots.
# usage: virsh.sh PORT PASSWORD-FILE FOLDER; prints a line "ok: what" for each thing that is as it must be.
set -eu
port=$1 folder=$3
cat >"$folder/auth.conf" <<END
[credentials-esx]
username=root
password=$(head -n 1 "$2")
[auth-esx-127.0.0.1]
credentials=esx
END
cat >"$folder/volume.xml" <<'END'
<volume><name>virt/virt.vmdk</name><capacity unit='MiB'>8</capacity><target><format type='vmdk'/></target></volume>
END
cat >"$folder/domain.xml" <<'END'
<domain type='vmware'>
  <name>virt</name>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'><source file='[datastore1] virt/virt.vmdk'/><target dev='sda' bus='scsi'/></disk>
    <controller type='scsi' index='0' model='lsilogic'/>
    <interface type='bridge'><mac address='00:50:56:11:22:33'/><source bridge='VM Network'/></interface>
  </devices>
</domain>
END
export LIBVIRT_AUTH_FILE="$folder/auth.conf"

v() { virsh -q -c "esx://root@127.0.0.1:$port/?no_verify=1" "$@" 2>"$folder/virsh.log" || { cat "$folder/virsh.log" >&2; return 1; }; }
check() {
  what=$1
  shift
  "$@" >"$folder/answer" || { echo "not so: $what"; exit 1; }
  echo "ok: $what"
}
says() { grep -q -- "$1" "$folder/answer" || { echo "not so: $what: $1"; cat "$folder/answer"; exit 1; }; }

check 'connects' v nodeinfo && says 'CPU(s)'
check 'knows the datastore' v pool-info datastore1 && says 'running'
check 'makes a volume' v vol-create datastore1 "$folder/volume.xml"
check 'lists volumes' v vol-list datastore1 && says '\[datastore1\] virt/virt.vmdk'
check 'defines a domain' v define "$folder/domain.xml"
check 'lists domains' v list --all && says 'virt *shut off'
check 'reads it back' v dumpxml virt && says "<mac address='00:50:56:11:22:33'" && says "file='\[datastore1\] virt/virt.vmdk'"
check 'starts it' v start virt
check 'sees it run' v domstate virt && says running
check 'suspends it' v suspend virt
check 'sees it suspended' v domstate virt && says paused
check 'resumes it' v resume virt
check 'takes a snapshot' v snapshot-create-as virt one text
check 'lists snapshots' v snapshot-list virt && says 'one .*running'
check 'goes back to it' v snapshot-revert virt one
check 'removes it' v snapshot-delete virt one
tries=0
until v shutdown virt 2>/dev/null; do
  tries=$((tries + 1))
  [ $tries -lt 600 ] || { echo 'not so: the guest shuts down'; exit 1; }
  sleep 0.1
done
until v domstate virt | grep -q 'shut off'; do sleep 0.1; done
echo 'ok: the guest shuts down'
check 'starts it again' v start virt
check 'destroys it' v destroy virt
check 'undefines it' v undefine virt
check 'no domain is left' v list --all
[ ! -s "$folder/answer" ]
echo 'ok: all'
