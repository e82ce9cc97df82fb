#include "core/schedule/zone/zone.hpp"
#include "support/temporary.hpp"
#include "zone_bytes.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

using namespace crier;
using namespace crier::schedule;
using test::ZoneBytes;

namespace {

// NOLINTBEGIN(concurrency-mt-unsafe): one thread

/// A database of a test's own. Zones outlive it, so each test names its zones differently.
class OwnZones {
public:
    OwnZones() { ::setenv("TZDIR", files_.path().c_str(), 1); }
    OwnZones(const OwnZones&) = delete;
    OwnZones& operator=(const OwnZones&) = delete;
    ~OwnZones() { ::unsetenv("TZDIR"); }

    void write(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories(std::filesystem::path{files_ / name}.parent_path());
        (void)files_.file(name, content);
    }
    void write(const std::string& name, std::int32_t offset) const {
        ZoneBytes zone;
        zone.settings = {{offset, 0}};
        write(name, zone.bytes());
    }
    void remove(const std::string& name) const { std::filesystem::remove(files_ / name); }
    [[nodiscard]] const std::string& path() const { return files_.path(); }

private:
    test::TemporaryDirectory files_;
};

// NOLINTEND(concurrency-mt-unsafe)

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : " ") + name;
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(zone_reload)

BOOST_AUTO_TEST_CASE(a_new_table_is_seen_by_all_that_were_found_before) {
    const OwnZones zones;
    zones.write("Reload/Zeta", 3600);
    zones.write("Reload/Alpha", 3600);
    zones.write("Reload/Same", 3600);
    const Zone zeta = Zone::find("Reload/Zeta").value();
    const Zone copy = zeta;
    const Zone alpha = Zone::find("Reload/Alpha").value();
    const Zone same = Zone::find("Reload/Same").value();
    BOOST_TEST(joined(Zone::reload().changed) == "");

    zones.write("Reload/Zeta", 7200);
    zones.write("Reload/Alpha", -3600);
    zones.write("Reload/Same", 3600);
    BOOST_TEST(zeta.offset({}).count() == 3600);
    const ReloadedZones found = Zone::reload();
    BOOST_TEST(joined(found.changed) == "Reload/Alpha Reload/Zeta");
    BOOST_TEST(zeta.offset({}).count() == 7200);
    BOOST_TEST(copy.offset({}).count() == 7200);
    BOOST_TEST(Zone::find("Reload/Zeta").value().offset({}).count() == 7200);
    BOOST_TEST(alpha.offset({}).count() == -3600);
    BOOST_TEST(same.offset({}).count() == 3600);
    BOOST_TEST(zeta.name() == "Reload/Zeta");
    BOOST_TEST(joined(Zone::reload().changed) == "");
}

BOOST_AUTO_TEST_CASE(a_zone_whose_file_is_gone_or_broken_stays) {
    const OwnZones zones;
    zones.write("Stays/Broken", 3600);
    zones.write("Stays/Gone", 3600);
    const Zone broken = Zone::find("Stays/Broken").value();
    const Zone gone = Zone::find("Stays/Gone").value();
    zones.write("Stays/Broken", "TZif2");
    zones.remove("Stays/Gone");
    const ReloadedZones found = Zone::reload();
    BOOST_TEST(joined(found.changed) == "");
    std::string messages;
    for (const Failure& failure : found.failures)
        if (failure.message.find("Stays/") != std::string::npos)
            messages += failure.message + "\n";
    BOOST_TEST(messages == "the time zone 'Stays/Broken' cannot be used: " + zones.path() +
                               "/Stays/Broken: its header is cut off\n"
                               "there is no time zone 'Stays/Gone'\n");
    BOOST_TEST(broken.offset({}).count() == 3600);
    BOOST_TEST(gone.offset({}).count() == 3600);
    BOOST_TEST(Zone::find_or_utc("Stays/Gone").name() == "Stays/Gone");
    zones.write("Stays/Gone", 7200);
    BOOST_TEST(joined(Zone::reload().changed) == "Stays/Gone");
    BOOST_TEST(gone.offset({}).count() == 7200);
}

BOOST_AUTO_TEST_CASE(names_lead_to_zone_files_of_the_directory_alone) {
    const OwnZones zones;
    zones.write("Names/Good", 3600);
    zones.write("Names/GMT+5", 3600);
    zones.write("right/Names/Good", 3600);
    zones.write("posix/Names/Good", 3600);
    zones.write("localtime", 3600);
    zones.write("posixrules", 3600);
    zones.write("zone.tab", "# no zone");
    zones.write("Empty", "");
    for (const char* name : {"Names/Good", "Names/GMT+5"})
        BOOST_TEST(Zone::find(name).has_value(), name);
    const std::string outside = "../" + std::filesystem::path{zones.path()}.filename().string();
    for (const std::string& name : {std::string{},
                                    std::string{"/"},
                                    std::string{"Names"},
                                    std::string{"Names/"},
                                    std::string{"names/good"},
                                    std::string{"/Names/Good"},
                                    std::string{"Names//Good"},
                                    std::string{"Names/../Names/Good"},
                                    std::string{"./Names/Good"},
                                    outside + "/Names/Good",
                                    zones.path() + "/Names/Good",
                                    std::string{"right/Names/Good"},
                                    std::string{"posix/Names/Good"},
                                    std::string{"localtime"},
                                    std::string{"posixrules"},
                                    std::string{"zone.tab"},
                                    std::string{"Empty"},
                                    std::string{"Names/Good\0", 11},
                                    std::string{"Names/Good "},
                                    std::string(5000, 'x')}) {
        const auto zone = Zone::find(name);
        BOOST_TEST_REQUIRE(zone.has_error(), name);
        BOOST_TEST((zone.error().cause == Cause::config), name);
        BOOST_TEST(zone.error().message == "there is no time zone '" + name + "'");
        BOOST_TEST(Zone::find_or_utc(name).name() == "UTC", name);
    }
    // What is suggested are names that find() takes.
    BOOST_TEST(Zone::find("names/god").error().hint == "did you mean 'Names/Good'?");
    BOOST_TEST(Zone::find("localtim").error().hint.find("such as") != std::string::npos);
    BOOST_TEST(Zone::find("right/Names/Goo").error().hint.find("right") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_no_unknown_zone) {
    const OwnZones zones;
    zones.write("Broken", "TZif2");
    const auto zone = Zone::find("Broken");
    BOOST_TEST_REQUIRE(zone.has_error());
    BOOST_TEST((zone.error().cause == Cause::corrupt));
    BOOST_TEST(zone.error().hint == "install the package tzdata again");
}

// NOLINTBEGIN(concurrency-mt-unsafe): one thread
BOOST_AUTO_TEST_CASE(the_directory_is_the_systems_unless_an_absolute_one_is_given) {
    // No zone may be asked for that another test has found.
    ::setenv("TZDIR", "share/zoneinfo", 1);
    BOOST_TEST(Zone::find("Europe/Berln").error().hint == "did you mean 'Europe/Berlin'?");
    ::setenv("TZDIR", "/nowhere/zoneinfo", 1);
    const auto zone = Zone::find("Europe/Berln");
    ::unsetenv("TZDIR");
    BOOST_TEST_REQUIRE(zone.has_error());
    BOOST_TEST((zone.error().cause == Cause::unsupported));
    BOOST_TEST(zone.error().message == "the time zones cannot be read: there is no /nowhere/zoneinfo");
    BOOST_TEST(zone.error().hint == "install the package tzdata");
}
// NOLINTEND(concurrency-mt-unsafe)

BOOST_AUTO_TEST_SUITE_END()
