#pragma once

#ifdef CRIER_TEST_POSTGRES
#include "postgres/cluster.hpp"

namespace crier::test {
using RawDatabase = RawPostgres;
}
#else
#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include <string>

namespace crier::test {

/// A database seen without the store's help.
class RawDatabase {
public:
    explicit RawDatabase(const std::string& path) {
        BOOST_REQUIRE(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
    }
    ~RawDatabase() { sqlite3_close(database_); }
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;

    void run(const std::string& sql) {
        char* error = nullptr;
        const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &error);
        BOOST_REQUIRE_MESSAGE(code == SQLITE_OK, sql << ": " << (error != nullptr ? error : ""));
    }
    /// The first column of the first row.
    std::string ask(const std::string& sql) {
        std::string answer;
        const auto take = [](void* to, int, char** values, char**) {
            if (values[0] != nullptr && static_cast<std::string*>(to)->empty())
                *static_cast<std::string*>(to) = values[0];
            return 0;
        };
        BOOST_REQUIRE(sqlite3_exec(database_, sql.c_str(), take, &answer, nullptr) == SQLITE_OK);
        return answer;
    }

private:
    sqlite3* database_ = nullptr;
};

} // namespace crier::test
#endif
