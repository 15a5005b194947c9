# Runs in the new system, whose packages are unpacked: configures them, then what makes it a system of its own.
set -e
export PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true LC_ALL=C HOME=/root
# Nothing is started here.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
ln -sf mawk /usr/bin/awk
echo force-unsafe-io >/etc/dpkg/dpkg.cfg.d/vmk-setup
# The kernel's package makes the initramfs, which takes minutes; nobody else has to make it again.
making=/etc/initramfs-tools/update-initramfs.conf
sed -i 's/^update_initramfs=.*/update_initramfs=no/' $making
# Others need users, a shell and a C library, and do not say so.
for package in base-passwd base-files libc6:riscv64 dash perl-base mawk debconf; do
  dpkg --force-depends --configure "$package" || true
done
dpkg --force-depends --configure -a || dpkg --force-depends --configure -a
dpkg --configure -a
rm /usr/sbin/policy-rc.d /etc/dpkg/dpkg.cfg.d/vmk-setup
sed -i 's/^update_initramfs=.*/update_initramfs=yes/' $making
. /etc/vmk-setup
rm /etc/vmk-setup
printf '%s\n' "$vmk_name" >/etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$vmk_name" >/etc/hosts
printf 'root:%s\n' "$vmk_password" | chpasswd -c SHA512
# Each copy gets its own at its first boot.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_*
systemctl -q enable vmk-grow.service
# On a host with much to do the minute and a half passes that some units are given by themselves, and nothing is wrong.
for unit in /usr/lib/systemd/system/*.service; do
  [ ! -L "$unit" ] && grep -q '^TimeoutSec=\(90s\|180\)$' "$unit" || continue
  mkdir -p "/etc/systemd/system/${unit##*/}.d"
  printf '[Service]\nTimeoutStartSec=15min\n' >"/etc/systemd/system/${unit##*/}.d/vmk.conf"
done
u-boot-update
test -s /boot/extlinux/extlinux.conf
test "$(dpkg-query -f '${db:Status-Status}\n' -W | sort -u)" = installed
