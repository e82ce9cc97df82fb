#include "harness.hpp"
#include "raw.hpp"

using namespace crier;
using namespace crier::test;

/// A database that was put back is told by the sign of life that stands beside it.
namespace {

/// One life that posts something at that moment.
void live(const std::string& path, Instant when) {
    OpenStore store{path};
    Batch batch;
    batch.now = when;
    batch.insert.push_back(make_post(to_rfc3339(when)));
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
}

Trust trust_of(const std::string& path) {
    return OpenStore{path}.load().trust;
}

void copy(const std::string& from, const std::string& to) {
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
}

} // namespace

BOOST_AUTO_TEST_SUITE(put_back)

BOOST_AUTO_TEST_CASE(a_backup_from_before_the_last_life_is_told_and_said) {
    const Folder folder;
    live(folder.db(), noon);
    BOOST_TEST((trust_of(folder.db()) == Trust::whole));
    copy(folder.db(), folder / "backup");
    live(folder.db(), noon + 1h);
    copy(folder / "backup", folder.db());
    OpenStore store{folder.db()};
    BOOST_TEST((store.load().trust == Trust::put_back));
    BOOST_REQUIRE(store.notes().size() == 1U);
    BOOST_TEST(mentions(store.notes()[0], "2026-11-24T12:00:00Z"));
    BOOST_TEST(mentions(store.notes()[0], "2026-11-24T13:00:00Z"));
}

BOOST_AUTO_TEST_CASE(so_is_one_from_the_middle_of_the_same_life) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        Batch first;
        first.now = noon;
        BOOST_REQUIRE(store.apply(std::move(first)).has_value());
        RawDatabase{folder.db()}.run("VACUUM INTO '" + (folder / "backup") + "'");
        Batch second;
        second.now = noon + 300ms; // less than what marks are apart
        BOOST_REQUIRE(store.apply(std::move(second)).has_value());
    }
    copy(folder / "backup", folder.db());
    BOOST_TEST((trust_of(folder.db()) == Trust::put_back));
}

BOOST_AUTO_TEST_CASE(it_stays_said_until_the_engine_has_taken_it_up) {
    const Folder folder;
    live(folder.db(), noon);
    copy(folder.db(), folder / "backup");
    live(folder.db(), noon + 1h);
    copy(folder / "backup", folder.db());
    live(folder.db(), noon + 2h); // a command's, which takes up nothing
    {
        OpenStore store{folder.db()};
        BOOST_TEST((store.load().trust == Trust::put_back));
        Batch batch;
        batch.trust_noted = true;
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    BOOST_TEST((trust_of(folder.db()) == Trust::whole));
}

BOOST_AUTO_TEST_CASE(a_store_without_its_mark_may_have_been_moved) {
    const Folder folder;
    BOOST_TEST((trust_of(folder.db()) == Trust::whole)); // a new one
    live(folder.db(), noon);
    const Folder elsewhere;
    copy(folder.db(), elsewhere.db());
    BOOST_TEST((trust_of(elsewhere.db()) == Trust::unsure));
    for (const char* lock :
         {"1234", "1234\n99999999999999999", "1234\n1795521600000000 179552160", "1234\nx x\n"}) {
        // As a version left it that had no mark; cut off while it was written.
        live(folder.db(), noon + 1h);
        Batch heeded;
        heeded.trust_noted = true;
        BOOST_REQUIRE(OpenStore{folder.db()}.apply(std::move(heeded)).has_value());
        write_bytes(folder.db() + ".lock", lock);
        BOOST_TEST((trust_of(folder.db()) == Trust::unsure), lock);
    }
}

BOOST_AUTO_TEST_CASE(a_mark_that_was_not_written_harms_nobody) {
    const Folder folder;
    live(folder.db(), noon);
    copy(folder.db() + ".lock", folder / "mark");
    live(folder.db(), noon + 1h);
    copy(folder / "mark", folder.db() + ".lock");
    BOOST_TEST((trust_of(folder.db()) == Trust::whole));
}

/// Or a clock that once was years ahead would have every later start say it again.
BOOST_AUTO_TEST_CASE(what_has_been_said_of_the_mark_is_not_said_again) {
    const Folder folder;
    live(folder.db(), noon);
    copy(folder.db(), folder / "backup");
    live(folder.db(), noon + 24h * 3650);
    copy(folder / "backup", folder.db());
    {
        OpenStore store{folder.db()};
        Batch batch;
        batch.trust_noted = true;
        batch.now = noon + 1h;
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    BOOST_TEST((trust_of(folder.db()) == Trust::whole));
}

BOOST_AUTO_TEST_CASE(what_an_account_knows_comes_back_as_it_was) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        Batch batch;
        batch.now = noon;
        AccountState state;
        state.account = "news";
        state.application = "crier";
        state.memory.knows_until = noon;
        state.memory.restored = true;
        state.memory.posted_until = noon + 1s;
        batch.accounts.push_back(state);
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    OpenStore store{folder.db()};
    const AccountState state = store.load().accounts.at(0);
    BOOST_TEST(state.application == "crier");
    BOOST_TEST((state.memory.knows_until == noon));
    BOOST_TEST(state.memory.restored);
    BOOST_TEST((state.memory.posted_until == noon + 1s));
}

BOOST_AUTO_TEST_SUITE_END()
