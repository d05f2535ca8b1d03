# Sourced by .ci/run: a PostgreSQL server for the tests.

answers() { # answers ADDRESS: whether a server answers there
  .venv/bin/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1] + "/postgres", connect_timeout=3)' "$1" 2>/dev/null
}

provide_postgresql() { # The server that answers already, or else one of its own, until end_postgresql.
  local address=${JAMS_TEST_POSTGRESQL:-postgresql://postgres@127.0.0.1:5432} port programs
  if answers "$address"; then export JAMS_TEST_POSTGRESQL=$address; return; fi
  programs=$(postgresql_programs)
  if [ -z "$programs" ]; then
    apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends postgresql >/dev/null || return
    programs=$(postgresql_programs)
  fi
  [ -n "$programs" ] || { echo "no PostgreSQL can be had" >&2; return 1; }
  cluster=$(mktemp -d) && chmod 711 "$cluster" || return
  postgresql_user=()
  if [ "$(id -u)" -eq 0 ]; then # It does not run as root.
    chown postgres "$cluster" && postgresql_user=(runuser -u postgres --) || return
  fi
  port=$(.venv/bin/python -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
  cluster_stop=("${postgresql_user[@]}" "$programs/pg_ctl" -D "$cluster/data" -m immediate stop)
  (
    cd "$cluster" || exit
    "${postgresql_user[@]}" "$programs/initdb" -D "$cluster/data" -A trust -U postgres -E UTF8 --no-sync >/dev/null
    "${postgresql_user[@]}" "$programs/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w start -o \
      "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$cluster -c max_connections=200" >/dev/null
  ) || { cat "$cluster/log" >&2; return 1; }
  export JAMS_TEST_POSTGRESQL=postgresql://postgres@127.0.0.1:$port
  answers "$JAMS_TEST_POSTGRESQL"
}

postgresql_programs() { # The folder of initdb and pg_ctl, of the newest version that is installed.
  local found
  found=$(command -v initdb || find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
  [ -n "$found" ] && dirname "$found"
}

end_postgresql() { # Ends the server that was made here, if one was.
  [ -n "${cluster:-}" ] || return 0
  (cd / && "${cluster_stop[@]:-:}" >/dev/null 2>&1)
  rm -rf "$cluster"
}
