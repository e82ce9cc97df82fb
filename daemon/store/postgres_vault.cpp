#include "store/media_vault.hpp"

#include <cerrno>
#include <chrono>
#include <optional>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

/// A file is as many rows as it has pieces, at least one. They come and go in one transaction. Who has the
/// first row has the name: another that puts the same name at the same time waits for that row's commit.
namespace crier::store {

namespace {

using namespace std::chrono_literals;

/// So little that one on a slow line comes within the patience of an open transaction.
constexpr std::size_t piece_bytes = 256U << 10U;
constexpr auto vault_pause = 2s;

Failure local_trouble(std::string_view doing) {
    return Failure{Cause::temporary,
                   std::string{doing} + " a kept file: " + std::generic_category().message(errno),
                   "make room, or make the directory readable and writable"};
}

/// What is at `offset`, up to a piece; short at the end alone.
Result<std::string> piece_of(int file, std::size_t offset) {
    std::string bytes(piece_bytes, '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n =
            ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return local_trouble("read");
        if (n == 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    bytes.resize(done);
    return bytes;
}

Result<> write_piece(int file, std::size_t offset, std::string_view bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n =
            ::pwrite(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
        if (n >= 0)
            done += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            return local_trouble("write");
    }
    return {};
}

class PostgresVault final : public MediaVault {
public:
    explicit PostgresVault(PostgresTarget target)
        : database_(std::move(target), nullptr) {}

    Result<bool> put(const std::string& name, int file) override {
        return connected<bool>([&] { return put_pieces(name, file); });
    }

    Result<bool> get(const std::string& name, int file) override {
        return connected<bool>([&] { return get_pieces(name, file); });
    }

    Result<std::string> find(const std::string& stem) override {
        return connected<std::string>([&]() -> Result<std::string> {
            // '/' is what comes behind '.'
            Statement look = database_.prepare(
                "SELECT name FROM media WHERE name>?1 AND name<?2 AND part=0 ORDER BY name LIMIT 1");
            const std::string from = stem + ".";
            const std::string to = stem + "/";
            auto use = look.use();
            use.bind(from).bind(to);
            if (use.row())
                return use.text();
            return use.failed() ? Result<std::string>{failure("look for a kept file")} : std::string{};
        });
    }

    Result<> forget(const std::string& name) override {
        const Result<bool> done = connected<bool>([&]() -> Result<bool> {
            Statement forget = database_.prepare("DELETE FROM media WHERE name=?1");
            auto use = forget.use();
            use.bind(name);
            return use.done() ? Result<bool>{true} : failure("forget a kept file");
        });
        return done ? Result<>{} : done.error();
    }

    Result<std::vector<Entry>> all() override {
        return connected<std::vector<Entry>>([&]() -> Result<std::vector<Entry>> {
            Statement look = database_.prepare(
                "SELECT name, min(since), sum(octet_length(bytes)) FROM media GROUP BY name");
            std::vector<Entry> all;
            auto use = look.use();
            while (use.row()) {
                Entry entry;
                entry.name = use.text();
                entry.since = use.instant();
                entry.bytes = static_cast<std::uint64_t>(use.number());
                all.push_back(std::move(entry));
            }
            if (use.failed())
                return failure("list what is kept");
            return all;
        });
    }

private:
    [[nodiscard]] Failure failure(std::string_view doing) const { return database_.failure(doing); }

    [[nodiscard]] Result<> connect() {
        if (database_.connected())
            return {};
        const auto now = std::chrono::steady_clock::now();
        if (now < next_try_ && refused_)
            return *refused_;
        const Result<> made = database_.connect();
        if (!made) {
            refused_ = made.error();
            next_try_ = std::chrono::steady_clock::now() + vault_pause;
        }
        return made;
    }

    /// Once more, where the connection was lost under it: whatever it is, it may be done twice.
    template <class T, class Work>
    [[nodiscard]] Result<T> connected(Work work) {
        for (bool again = false;; again = true) {
            if (const Result<> there = connect(); !there)
                return there.error();
            Result<T> done = work();
            if (done)
                return done;
            database_.abandon();
            if (again || (database_.connected() && !database_.worth_another_try()))
                return done;
        }
    }

    Result<bool> put_pieces(const std::string& name, int file) {
        constexpr std::string_view doing = "keep a file";
        Statement insert = database_.prepare(
            "INSERT INTO media(name, part, bytes, since) VALUES(?1, ?2, ?3, (extract(epoch FROM now()) * "
            "1000000)::bigint) ON CONFLICT DO NOTHING RETURNING part");
        if (!database_.begin(Connection::Writer::shared))
            return failure(doing);
        std::size_t offset = 0;
        for (std::int64_t part = 0;; ++part) {
            const Result<std::string> bytes = piece_of(file, offset);
            if (!bytes)
                return bytes.error();
            if (part > 0 && bytes->empty())
                break;
            auto use = insert.use();
            use.bind(name).bind(part).bind_bytes(*bytes);
            if (!use.row()) {
                if (use.failed())
                    return failure(doing);
                database_.abandon();
                return false; // somebody was first
            }
            offset += bytes->size();
            if (bytes->size() < piece_bytes)
                break;
        }
        return database_.commit() == Committed::yes ? Result<bool>{true} : failure(doing);
    }

    Result<bool> get_pieces(const std::string& name, int file) {
        constexpr std::string_view doing = "fetch a kept file";
        Statement look = database_.prepare("SELECT bytes FROM media WHERE name=?1 AND part=?2");
        if (!database_.begin_reading())
            return failure(doing);
        std::size_t offset = 0;
        for (std::int64_t part = 0;; ++part) {
            auto use = look.use();
            use.bind(name).bind(part);
            if (!use.row()) {
                if (use.failed())
                    return failure(doing);
                database_.abandon();
                return part > 0;
            }
            const std::string bytes = use.text();
            if (part == 0 && ::ftruncate(file, 0) != 0)
                return local_trouble("write");
            if (Result<> written = write_piece(file, offset, bytes); !written)
                return written.error();
            offset += bytes.size();
        }
    }

    Postgres database_;
    std::optional<Failure> refused_; ///< why the last try for a connection came to nothing
    std::chrono::steady_clock::time_point next_try_{};
};

} // namespace

std::unique_ptr<MediaVault> make_postgres_vault(PostgresTarget target) {
    return std::make_unique<PostgresVault>(std::move(target));
}

} // namespace crier::store
