#include "child.hpp"
#include "harness.hpp"
#include "store/owner_lock.hpp"

#include <optional>
#include <thread>

using namespace crier;
using namespace crier::test;

namespace {

/// Owns the store until it is killed.
void own(const std::string& path, const Child::Say& say) {
    OpenStore store{path};
    say(store ? "open" : store.refusal().message);
    ::pause();
}

} // namespace

BOOST_AUTO_TEST_SUITE(owner)

BOOST_AUTO_TEST_CASE(a_second_owner_is_refused_with_the_first_ones_process) {
    const Folder folder;
    Child child{[&](const Child::Say& say) { own(folder.db(), say); }};
    BOOST_REQUIRE(child.line() == "open");
    const Failure refused = OpenStore{folder.db()}.refusal();
    BOOST_TEST((refused.cause == Cause::conflict));
    BOOST_TEST(mentions(refused.message, folder.db()));
    BOOST_TEST(mentions(refused.message, "process " + std::to_string(child.pid())));
    BOOST_TEST(mentions(refused.hint, "one daemon owns a store"));

    child.kill(); // without a word, and still the lock is free
    OpenStore store{folder.db()};
    BOOST_TEST(static_cast<bool>(store));
}

BOOST_AUTO_TEST_CASE(also_within_one_process_and_free_again_when_closed) {
    const Folder folder;
    {
        OpenStore first{folder.db()};
        BOOST_TEST((OpenStore{folder.db()}.refusal().cause == Cause::conflict));
        BOOST_TEST(first.put(make_post("p")).id == 1); // the refused one has not disturbed it
        first.close();
        BOOST_TEST(static_cast<bool>(OpenStore{folder.db()}));
    }
    BOOST_TEST(static_cast<bool>(OpenStore{folder.db()}));
}

BOOST_AUTO_TEST_CASE(who_has_patience_gets_what_another_has_for_a_moment) {
    const Folder folder;
    Result<store::OwnerLock> taken = store::OwnerLock::take(folder.db());
    BOOST_REQUIRE(taken.has_value());
    std::optional<store::OwnerLock> first{std::move(*taken)};
    BOOST_TEST(!store::OwnerLock::take(folder.db()));
    std::thread other{
        [&] { BOOST_TEST(store::OwnerLock::take(folder.db(), std::chrono::minutes{1}).has_value()); }};
    first.reset();
    other.join();
}

BOOST_AUTO_TEST_CASE(another_name_for_the_file_is_the_same_store) {
    const Folder folder;
    const Folder elsewhere;
    OpenStore first{folder.db()};
    std::filesystem::create_symlink(folder.db(), elsewhere.db());
    BOOST_TEST((OpenStore{elsewhere.db()}.refusal().cause == Cause::conflict));
    std::filesystem::create_directory_symlink(folder.path(), elsewhere / "way");
    BOOST_TEST((OpenStore{elsewhere / "way/crier.db"}.refusal().cause == Cause::conflict));
}

BOOST_AUTO_TEST_CASE(a_refused_open_gives_nothing_away) {
    const Folder folder;
    {
        OpenStore failed{folder.path()}; // a directory
        BOOST_TEST((failed.refusal().cause == Cause::permission));
        std::filesystem::remove(folder.path() + ".lock");
    }
    write_bytes(folder.db(), std::string(8192, 'x'));
    BOOST_TEST((OpenStore{folder.db()}.refusal().cause == Cause::corrupt));
    std::filesystem::remove(folder.db());
    BOOST_TEST(static_cast<bool>(OpenStore{folder.db()})); // the lock went with the failure
}

BOOST_AUTO_TEST_CASE(a_reader_beside_a_live_owner_sees_what_is_fresh) {
    const Folder folder;
    OpenStore owner{folder.db()};
    (void)owner.put(make_post("first"));
    OpenStore reader{OpenStore::options_for(folder.db(), true)};
    BOOST_REQUIRE(reader);
    BOOST_TEST(names(reader.all()) == std::vector<std::string>{"first"});
    (void)owner.put(make_post("second"));
    BOOST_TEST(names(reader.all()) == (std::vector<std::string>{"first", "second"}));
    BOOST_TEST(reader.lane(noon).posts.size() == 2U);
    BOOST_TEST(reader.counts().at(PostState::ready) == 2);

    Batch batch;
    batch.insert = {make_post("third")};
    const Result<Applied> refused = reader.apply(std::move(batch));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().cause == Cause::permission));
    BOOST_TEST(owner.all().size() == 2U);
    // The reader goes, and nothing has changed for the owner.
    reader.close();
    BOOST_TEST(owner.put(make_post("third")).id == 3);
}

BOOST_AUTO_TEST_CASE(a_reader_needs_a_store_and_makes_none) {
    const Folder folder;
    const Failure missing = OpenStore{OpenStore::options_for(folder.db(), true)}.refusal();
    BOOST_TEST((missing.cause == Cause::not_found));
    BOOST_TEST(mentions(missing.message, folder.db()));
    BOOST_TEST(mentions(missing.hint, "crier run"));
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
    // A file that its owner is about to fill.
    write_bytes(folder.db(), "");
    BOOST_TEST((OpenStore{OpenStore::options_for(folder.db(), true)}.refusal().cause == Cause::not_found));
}

BOOST_AUTO_TEST_CASE(a_reader_of_a_stopped_store_leaves_it_as_it_is) {
    const Folder folder;
    {
        OpenStore owner{folder.db()};
        (void)owner.put(make_post("p"));
    }
    const std::string before = bytes_of(folder.db());
    {
        OpenStore reader{OpenStore::options_for(folder.db(), true)};
        BOOST_TEST(names(reader.all()) == std::vector<std::string>{"p"});
    }
    BOOST_TEST((bytes_of(folder.db()) == before));
    OpenStore owner{folder.db()};
    BOOST_TEST(owner.notes().empty()); // it was stopped cleanly, and still is
}

BOOST_AUTO_TEST_CASE(a_reader_after_a_kill_sees_what_was_acknowledged) {
    const Folder folder;
    Child child{[&](const Child::Say& say) {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
        say("put");
        ::pause();
    }};
    BOOST_REQUIRE(child.line() == "put");
    child.kill();
    OpenStore reader{OpenStore::options_for(folder.db(), true)};
    BOOST_TEST(names(reader.all()) == std::vector<std::string>{"p"});
}

BOOST_AUTO_TEST_SUITE_END()
