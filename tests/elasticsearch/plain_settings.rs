//! Settings that are not about TLS, alone and together: lines of settings files.

/// Some stop a node, others do not.
pub(crate) const PLAIN: &[&str] = &[
    "node.attr.a: ${CROSSTRUST_NOWHERE}",
    "node.attr.a: ${CROSSTRUST_NOWHERE:x}",
    "node.name: ${HOSTNAME:x}",
    "cluster.name: 'a:b'",
    "cluster.name: ${node.attr.x:a:b}",
    "node.roles: [foo]",
    "node.roles: [voting_only]",
    "node.roles: [master, voting_only]",
    "node.roles: []",
    "logger.org.x: FOO",
    "logger.org.x: ' debug'",
    "cluster.remote.a.mode: prox",
    "cluster.remote.a.mode: proxy",
    "cluster.remote.a.seeds: foo",
    "cluster.remote.a.seeds: ['foo:1', bar]",
    "cluster.remote.a.seeds: []",
    "cluster.remote.a.mode: proxy\ncluster.remote.a.seeds: []",
    "cluster.remote.a.mode: proxy\ncluster.remote.a.seeds: 'a:1'",
    "cluster.remote.a.mode: proxy\ncluster.remote.a.proxy_address: 'a:1'",
    "cluster.remote.a.mode: proxy\ncluster.remote.a.proxy_address: a",
    "cluster.remote.a.proxy_address: 'a:1'",
    "cluster.remote.a.seeds: 'a:1'\ncluster.remote.a.proxy_address: 'a:1'",
    "cluster.remote.a.mode: proxy\ncluster.remote.a.proxy_address: 'a:1'\ncluster.remote.a.node_connections: 2",
    "cluster.remote.a.skip_unavailable: true",
    "cluster.remote.a.seeds: 'a:1'\ncluster.remote.a.skip_unavailable: yes",
    "cluster.remote.a.mode: proxy\ncluster.remote.a.seeds: 'a:1'\ncluster.remote.a.skip_unavailable: true",
    "cluster.remote.a.seeds: 'a:1'\ncluster.remote.a.server_name: a",
    "cluster.remote.a.proxy: 'a:1'",
    "cluster.remote.a.seeds: 'a:1'\ncluster.remote.a.proxy: 'a:1'",
    "cluster.remote.a.seeds: 'a:1'\ncluster.remote.a.transport.ping_schedule: 5",
    "cluster.routing.allocation.disk.watermark.low: 95%",
    "cluster.routing.allocation.disk.watermark.low: 95%\n\
     cluster.routing.allocation.disk.watermark.high: 96%\n\
     cluster.routing.allocation.disk.watermark.flood_stage: 97%",
    "cluster.routing.allocation.disk.watermark.low: 50gb\n\
     cluster.routing.allocation.disk.watermark.high: 30gb\n\
     cluster.routing.allocation.disk.watermark.flood_stage: 10gb",
    "cluster.routing.allocation.disk.watermark.low: 50gb\n\
     cluster.routing.allocation.disk.watermark.high: 90%",
    "cluster.routing.allocation.disk.watermark.low: 50gb\n\
     cluster.routing.allocation.disk.watermark.high: 30gb\n\
     cluster.routing.allocation.disk.watermark.flood_stage: 10gb\n\
     cluster.routing.allocation.disk.watermark.flood_stage.max_headroom: 5gb",
    "cluster.routing.allocation.disk.watermark.low: 85%\n\
     cluster.routing.allocation.disk.watermark.low.max_headroom: 100gb",
    "cluster.routing.allocation.disk.watermark.high: 90%\n\
     cluster.routing.allocation.disk.watermark.low.max_headroom: 300gb",
    "cluster.routing.allocation.disk.watermark.flood_stage.frozen: 20gb\n\
     cluster.routing.allocation.disk.watermark.flood_stage.frozen.max_headroom: 10gb",
    "indices.merge.disk.watermark.high: 20gb\nindices.merge.disk.watermark.high.max_headroom: 10gb",
    "indices.merge.disk.watermark.high: 90%\nindices.merge.scheduler.use_thread_pool: false",
    "data_streams.lifecycle.retention.default: 10d\ndata_streams.lifecycle.retention.max: 5d",
    "data_streams.lifecycle.retention.default: 10d\ndata_streams.lifecycle.retention.max: 50d",
    "indices.recovery.max_concurrent_snapshot_file_downloads: 9\n\
     indices.recovery.max_concurrent_snapshot_file_downloads_per_node: 7",
    "indices.recovery.max_concurrent_snapshot_file_downloads: 9",
    "cluster.routing.allocation.awareness.force.zone: a",
    "cluster.routing.allocation.awareness.force.zone.values: a",
    "remote_cluster_server.enabled: true\nxpack.security.enabled: false",
    "xpack.security.authc.realms.jwt.j.http.proxy.port: 80",
    "xpack.security.authc.realms.jwt.j.fallback_claims.sub: a",
    "xpack.security.authc.realms.ldap.l1.order: x",
    "cluster.routing.allocation.exclude._ip: 10.0.0.1",
    "cluster.routing.allocation.exclude._ip: [10.0.0.*, es1]",
    "http.max_content_length: 100",
    "http.max_content_length: [100mb]",
    "http.cors.enabled: 'yes'",
    "bootstrap.memory_lock: yes",
    "bootstrap.memory_lock: 1",
    "indices.memory.index_buffer_size: 10",
    "indices.memory.index_buffer_size: 10%",
    "node.processors: 0",
    "http.port: [9200, 9201]",
    "transport.compress: indexing_data",
    "xpack.security.http.filter.allow: [_all]",
    "xpack.security.http.filter.deny: 10.0.0.0/8",
    "xpack.security.audit.logfile.events.include: [access_denied, foo]",
    "xpack.security.authc.token.timeout: 5h",
];
