#!/bin/sh
# Once, when the database is made: replicas may connect from the network of the containers.
echo "host replication $POSTGRES_USER samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
