/** The performance counters of a host: ids, units, how samples are summed up. Source: ESXi 8.0, PerformanceManager.perfCounter. */

export interface Counter {
  readonly id: number;
  readonly group: string;
  readonly name: string;
  readonly rollup: string;
  readonly stats: string;
  readonly unit: string;
}

/** Group, name, kind of number, unit; then each way to sum up, with its id. */
const TABLE = `
cpu usage rate percent none:0 average:1 maximum:2 minimum:3
cpu usagemhz rate megaHertz none:4 average:5 maximum:6 minimum:7
cpu reservedCapacity absolute megaHertz average:8
cpu system delta millisecond summation:9
cpu wait delta millisecond summation:10
cpu ready delta millisecond summation:11
cpu used delta millisecond summation:12
cpu idle delta millisecond summation:13
cpu swapwait delta millisecond summation:14
cpu utilization rate percent none:15 average:16 maximum:17 minimum:18
cpu coreUtilization rate percent none:19 average:20 maximum:21 minimum:22
cpu totalCapacity absolute megaHertz average:23
cpu latency rate percent average:24
cpu entitlement absolute megaHertz latest:25
cpu demand absolute megaHertz average:26
cpu costop delta millisecond summation:27
cpu maxlimited delta millisecond summation:28
cpu overlap delta millisecond summation:29
cpu run delta millisecond summation:30
cpu demandEntitlementRatio absolute percent latest:31
cpu readiness rate percent average:32
mem usage absolute percent none:65536 average:65537 maximum:65538 minimum:65539
mem granted absolute kiloBytes none:65540 average:65541 maximum:65542 minimum:65543
mem active absolute kiloBytes none:65544 average:65545 maximum:65546 minimum:65547
mem shared absolute kiloBytes none:65548 average:65549 maximum:65550 minimum:65551
mem zero absolute kiloBytes none:65552 average:65553 maximum:65554 minimum:65555
mem unreserved absolute kiloBytes none:65556 average:65557 maximum:65558 minimum:65559
mem swapused absolute kiloBytes none:65560 average:65561 maximum:65562 minimum:65563
mem sharedcommon absolute kiloBytes none:65568 average:65569 maximum:65570 minimum:65571
mem heap absolute kiloBytes none:65572 average:65573 maximum:65574 minimum:65575
mem heapfree absolute kiloBytes none:65576 average:65577 maximum:65578 minimum:65579
mem state absolute number latest:65580
mem vmmemctl absolute kiloBytes none:65581 average:65582 maximum:65583 minimum:65584
mem overhead absolute kiloBytes none:65585 average:65586 maximum:65587 minimum:65588
mem reservedCapacity absolute megaBytes average:65589
mem swapped absolute kiloBytes none:65590 average:65591 maximum:65592 minimum:65593
mem swaptarget absolute kiloBytes none:65594 average:65595 maximum:65596 minimum:65597
mem swapin absolute kiloBytes none:65598 average:65599 maximum:65600 minimum:65601
mem swapout absolute kiloBytes none:65602 average:65603 maximum:65604 minimum:65605
mem vmmemctltarget absolute kiloBytes none:65606 average:65607 maximum:65608 minimum:65609
mem consumed absolute kiloBytes none:65610 average:65611 maximum:65612 minimum:65613
mem sysUsage absolute kiloBytes none:65614 average:65615 maximum:65616 minimum:65617
mem swapinRate rate kiloBytesPerSecond average:65618
mem swapoutRate rate kiloBytesPerSecond average:65619
mem activewrite absolute kiloBytes average:65620
mem compressed absolute kiloBytes average:65621
mem compressionRate rate kiloBytesPerSecond average:65622
mem decompressionRate rate kiloBytesPerSecond average:65623
mem overheadMax absolute kiloBytes average:65624
mem totalCapacity absolute megaBytes average:65625
mem zipped absolute kiloBytes latest:65626
mem zipSaved absolute kiloBytes latest:65627
mem latency absolute percent average:65628
mem entitlement absolute kiloBytes average:65629
mem lowfreethreshold absolute kiloBytes average:65630
mem llSwapUsed absolute kiloBytes none:65631 average:65635 maximum:65636 minimum:65637
mem llSwapInRate rate kiloBytesPerSecond average:65632
mem llSwapOutRate rate kiloBytesPerSecond average:65633
mem overheadTouched absolute kiloBytes average:65634
mem llSwapIn absolute kiloBytes none:65638 average:65639 maximum:65640 minimum:65641
mem llSwapOut absolute kiloBytes none:65642 average:65643 maximum:65644 minimum:65645
mem vmfs.pbc.size absolute megaBytes latest:65646
mem vmfs.pbc.sizeMax absolute megaBytes latest:65647
mem vmfs.pbc.workingSet absolute teraBytes latest:65648
mem vmfs.pbc.workingSetMax absolute teraBytes latest:65649
mem vmfs.pbc.overhead absolute kiloBytes latest:65650
mem vmfs.pbc.capMissRatio absolute percent latest:65651
disk usage rate kiloBytesPerSecond none:131072 average:131073 maximum:131074 minimum:131075
disk numberRead delta number summation:131076
disk numberWrite delta number summation:131077
disk read rate kiloBytesPerSecond average:131078
disk write rate kiloBytesPerSecond average:131079
disk commands delta number summation:131080
disk commandsAborted delta number summation:131081
disk busResets delta number summation:131082
disk deviceReadLatency absolute millisecond average:131083
disk kernelReadLatency absolute millisecond average:131084
disk totalReadLatency absolute millisecond average:131085
disk queueReadLatency absolute millisecond average:131086
disk deviceWriteLatency absolute millisecond average:131087
disk kernelWriteLatency absolute millisecond average:131088
disk totalWriteLatency absolute millisecond average:131089
disk queueWriteLatency absolute millisecond average:131090
disk deviceLatency absolute millisecond average:131091
disk kernelLatency absolute millisecond average:131092
disk totalLatency absolute millisecond average:131093
disk queueLatency absolute millisecond average:131094
disk maxTotalLatency absolute millisecond latest:131095
disk maxQueueDepth absolute number average:131096
disk numberReadAveraged rate number average:131097
disk numberWriteAveraged rate number average:131098
disk commandsAveraged rate number average:131099
net usage rate kiloBytesPerSecond none:196608 average:196609 maximum:196610 minimum:196611
net packetsRx delta number summation:196612
net packetsTx delta number summation:196613
net received rate kiloBytesPerSecond average:196614
net transmitted rate kiloBytesPerSecond average:196615
net droppedRx delta number summation:196616
net droppedTx delta number summation:196617
net bytesRx rate kiloBytesPerSecond average:196618
net bytesTx rate kiloBytesPerSecond average:196619
net broadcastRx delta number summation:196620
net broadcastTx delta number summation:196621
net multicastRx delta number summation:196622
net multicastTx delta number summation:196623
net errorsRx delta number summation:196624
net errorsTx delta number summation:196625
net unknownProtos delta number summation:196626
net pnicBytesRx rate kiloBytesPerSecond average:196627
net pnicBytesTx rate kiloBytesPerSecond average:196628
sys uptime absolute second latest:262144
sys heartbeat absolute number latest:262145
sys diskUsage absolute percent latest:262146
sys resourceCpuUsage rate megaHertz none:262147 average:262148 maximum:262149 minimum:262150
sys resourceMemTouched absolute kiloBytes latest:262151
sys resourceMemMapped absolute kiloBytes latest:262152
sys resourceMemShared absolute kiloBytes latest:262153
sys resourceMemSwapped absolute kiloBytes latest:262154
sys resourceMemOverhead absolute kiloBytes latest:262155
sys resourceMemCow absolute kiloBytes latest:262156
sys resourceMemZero absolute kiloBytes latest:262157
sys resourceCpuRun1 absolute percent latest:262158
sys resourceCpuAct1 absolute percent latest:262159
sys resourceCpuMaxLimited1 absolute percent latest:262160
sys resourceCpuRun5 absolute percent latest:262161
sys resourceCpuAct5 absolute percent latest:262162
sys resourceCpuMaxLimited5 absolute percent latest:262163
sys resourceCpuAllocMin absolute megaHertz latest:262164
sys resourceCpuAllocMax absolute megaHertz latest:262165
sys resourceCpuAllocShares absolute number latest:262166
sys resourceMemAllocMin absolute kiloBytes latest:262167
sys resourceMemAllocMax absolute kiloBytes latest:262168
sys resourceMemAllocShares absolute number latest:262169
sys osUptime absolute second latest:262170
sys resourceMemConsumed absolute kiloBytes latest:262171
sys resourceFdUsage absolute number latest:262172
rescpu actav1 absolute percent latest:327680
rescpu actpk1 absolute percent latest:327681
rescpu runav1 absolute percent latest:327682
rescpu actav5 absolute percent latest:327683
rescpu actpk5 absolute percent latest:327684
rescpu runav5 absolute percent latest:327685
rescpu actav15 absolute percent latest:327686
rescpu actpk15 absolute percent latest:327687
rescpu runav15 absolute percent latest:327688
rescpu runpk1 absolute percent latest:327689
rescpu maxLimited1 absolute percent latest:327690
rescpu runpk5 absolute percent latest:327691
rescpu maxLimited5 absolute percent latest:327692
rescpu runpk15 absolute percent latest:327693
rescpu maxLimited15 absolute percent latest:327694
rescpu sampleCount absolute number latest:327695
rescpu samplePeriod absolute millisecond latest:327696
managementAgent memUsed absolute kiloBytes average:393216
managementAgent swapUsed absolute kiloBytes average:393217
managementAgent swapIn rate kiloBytesPerSecond average:393218
managementAgent swapOut rate kiloBytesPerSecond average:393219
managementAgent cpuUsage rate megaHertz average:393220
storageAdapter commandsAveraged rate number average:458752
storageAdapter numberReadAveraged rate number average:458753
storageAdapter numberWriteAveraged rate number average:458754
storageAdapter read rate kiloBytesPerSecond average:458755
storageAdapter write rate kiloBytesPerSecond average:458756
storageAdapter totalReadLatency absolute millisecond average:458757
storageAdapter totalWriteLatency absolute millisecond average:458758
storageAdapter maxTotalLatency absolute millisecond latest:458759
storagePath commandsAveraged rate number average:524288
storagePath numberReadAveraged rate number average:524289
storagePath numberWriteAveraged rate number average:524290
storagePath read rate kiloBytesPerSecond average:524291
storagePath write rate kiloBytesPerSecond average:524292
storagePath totalReadLatency absolute millisecond average:524293
storagePath totalWriteLatency absolute millisecond average:524294
storagePath maxTotalLatency absolute millisecond latest:524295
virtualDisk numberReadAveraged rate number average:589824
virtualDisk numberWriteAveraged rate number average:589825
virtualDisk read rate kiloBytesPerSecond average:589826
virtualDisk write rate kiloBytesPerSecond average:589827
virtualDisk totalReadLatency absolute millisecond average:589828
virtualDisk totalWriteLatency absolute millisecond average:589829
virtualDisk readOIO absolute number latest:589830
virtualDisk writeOIO absolute number latest:589831
virtualDisk readLoadMetric absolute number latest:589832
virtualDisk writeLoadMetric absolute number latest:589833
virtualDisk readIOSize absolute number latest:589834
virtualDisk writeIOSize absolute number latest:589835
virtualDisk smallSeeks absolute number latest:589836
virtualDisk mediumSeeks absolute number latest:589837
virtualDisk largeSeeks absolute number latest:589838
virtualDisk readLatencyUS absolute microsecond latest:589839
virtualDisk writeLatencyUS absolute microsecond latest:589840
virtualDisk vFlashCacheIops absolute number latest:589841
virtualDisk vFlashCacheLatency absolute microsecond latest:589842
virtualDisk vFlashCacheThroughput absolute number latest:589843
datastore numberReadAveraged rate number average:655360
datastore numberWriteAveraged rate number average:655361
datastore read rate kiloBytesPerSecond average:655362
datastore write rate kiloBytesPerSecond average:655363
datastore totalReadLatency absolute millisecond average:655364
datastore totalWriteLatency absolute millisecond average:655365
datastore sizeNormalizedDatastoreLatency absolute microsecond average:655366
datastore datastoreIops absolute number average:655367
datastore datastoreReadBytes absolute number latest:655368
datastore datastoreWriteBytes absolute number latest:655369
datastore datastoreReadIops absolute number latest:655370
datastore datastoreWriteIops absolute number latest:655371
datastore datastoreNormalReadLatency absolute number latest:655372
datastore datastoreNormalWriteLatency absolute number latest:655373
datastore datastoreReadOIO absolute number latest:655374
datastore datastoreWriteOIO absolute number latest:655375
datastore datastoreMaxQueueDepth absolute number latest:655376
datastore datastoreReadLoadMetric absolute number latest:655377
datastore datastoreWriteLoadMetric absolute number latest:655378
datastore maxTotalLatency absolute millisecond latest:655379
datastore siocActiveTimePercentage absolute percent average:655380
datastore datastoreVMObservedLatency absolute microsecond latest:655381
power power rate watt average:720896
power powerCap absolute watt average:720897
power energy delta joule summation:720898
hbr hbrNumVms absolute number average:786432
hbr hbrNetRx rate kiloBytesPerSecond average:786433
hbr hbrNetTx rate kiloBytesPerSecond average:786434
vflashModule numActiveVMDKs absolute number latest:851968
vsanDomObj readIops rate number average:1245184
vsanDomObj readThroughput rate kiloBytesPerSecond average:1245185
vsanDomObj readAvgLatency absolute millisecond average:1245186
vsanDomObj readMaxLatency absolute millisecond latest:1245187
vsanDomObj readCacheHitRate absolute percent latest:1245188
vsanDomObj readCongestion rate number average:1245189
vsanDomObj writeIops rate number average:1245190
vsanDomObj writeThroughput rate kiloBytesPerSecond average:1245191
vsanDomObj writeAvgLatency absolute millisecond average:1245192
vsanDomObj writeMaxLatency absolute millisecond latest:1245193
vsanDomObj writeCongestion rate number average:1245194
vsanDomObj recoveryWriteIops rate number average:1245195
vsanDomObj recoveryWriteThroughput rate kiloBytesPerSecond average:1245196
vsanDomObj recoveryWriteAvgLatency absolute millisecond average:1245197
vsanDomObj recoveryWriteMaxLatency absolute millisecond latest:1245198
vsanDomObj recoveryWriteCongestion rate number average:1245199
gpu utilization absolute percent none:1310720 average:1310721 maximum:1310722 minimum:1310723
gpu mem.used absolute kiloBytes none:1310724 average:1310725 maximum:1310726 minimum:1310727
gpu mem.usage absolute percent none:1310728 average:1310729 maximum:1310730 minimum:1310731
gpu temperature absolute celsius average:1310732
pmem available.reservation absolute megaBytes latest:1376256
`;

export const COUNTERS: readonly Counter[] = TABLE.trim()
  .split('\n')
  .flatMap((line) => {
    const [group = '', name = '', stats = '', unit = '', ...rollups] = line.split(' ');
    return rollups.map((each) => {
      const [rollup = '', id] = each.split(':');
      return { id: Number(id), group, name, rollup, stats, unit };
    });
  });

const BY_ID = new Map(COUNTERS.map((counter) => [counter.id, counter]));

export const counterOf = (id: number): Counter | undefined => BY_ID.get(id);
