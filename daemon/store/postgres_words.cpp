#include "store/postgres_handle.hpp"

#include <string>

namespace crier::store {

namespace {

struct Meaning {
    std::string_view state; ///< a SQLSTATE, or the class that it begins with
    Cause cause;
    std::string_view hint;
};

/// The first that fits.
constexpr Meaning meanings[] = {
    {"08007", Cause::temporary, "it is not known whether this was written; what is in the outbox says so"},
    {"08", Cause::temporary, "nothing was lost; is PostgreSQL running, and can it be reached?"},
    {"23505", Cause::conflict, ""},
    {"25006", Cause::temporary,
     "nothing was lost; this server only reads (a standby): name the primary in `store:`, or all of them "
     "with "
     "`target_session_attrs=read-write`"},
    {"25P", Cause::temporary, "nothing was lost; it goes on by itself"},
    {"28P01", Cause::permission,
     "put the password into the file that PGPASSFILE names (HOST:PORT:DATABASE:USER:PASSWORD, mode 0600); "
     "docs/POSTGRESQL.md"},
    {"28", Cause::permission, "see pg_hba.conf on the server; docs/POSTGRESQL.md says what crier needs"},
    {"3D000", Cause::config, "make it: createdb --owner USER DATABASE"},
    {"3F000", Cause::config, "make the schema that search_path names"},
    {"40", Cause::temporary, "nothing was lost; it is done once more"},
    {"42501", Cause::permission, "the database should be its own user's: ALTER DATABASE ... OWNER TO ..."},
    {"42P01", Cause::corrupt, "a table is missing; put a backup in place"},
    {"42703", Cause::corrupt, "a column is missing; put a backup in place"},
    {"53100", Cause::temporary, "nothing was lost; make room on the server, and it goes on by itself"},
    {"53300", Cause::temporary,
     "nothing was lost; raise max_connections on the server, or end what holds connections"},
    {"53", Cause::temporary, "nothing was lost; the server is short of memory or room"},
    {"55P03", Cause::temporary, "nothing was lost; another program holds a lock on crier's tables"},
    {"57014", Cause::temporary, "nothing was lost; the server took too long: look at its load and its disk"},
    {"57", Cause::temporary, "nothing was lost; the server starts or shuts down, and it goes on by itself"},
    {"58", Cause::temporary, "nothing was lost; look at the server's disk and log"},
    {"XX001", Cause::corrupt,
     "the server says that data is damaged: look at its log, and put a backup in place"},
    {"XX002", Cause::corrupt, "an index is damaged: REINDEX, and look at the server's log"},
};

} // namespace

Failure postgres_failure(std::string_view state, const std::string& database, std::string_view doing,
                         std::string_view words) {
    const std::string message = database + ": " + std::string{doing} + ": " + std::string{words};
    if (state.empty())
        return Failure{Cause::temporary, message,
                       "nothing was lost; is PostgreSQL running, and can it be reached?"};
    for (const Meaning& one : meanings)
        if (state.substr(0, one.state.size()) == one.state)
            return Failure{one.cause, message, std::string{one.hint}};
    return Failure{Cause::internal, message + " (" + std::string{state} + ")",
                   "this is a fault of crier: please report it"};
}

} // namespace crier::store
