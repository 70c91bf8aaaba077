/// A small programme: two regions, three clinics, two months.
enum ProgrammeFiles {
    static let sites = """
        site,name,region,region_name
        QS-001,Qingshan First,QS,Qingshan
        QS-002,Qingshan Second,QS,Qingshan
        YH-001,Yunhe First,YH,Yunhe

        """

    static let header =
        "site,month,opening,new,readmitted,transferred_in,exit_dropout,closing,clients_tested,clients_positive\n"

    /// Opening, new, readmitted, in, dropout, closing, tested, positive.
    static let reports =
        header + """
            QS-001,2026-09,100,4,1,0,5,100,80,20
            QS-001,2026-10,100,2,0,0,4,98,80,16
            QS-002,2026-09,3,1,0,0,0,4,3,1
            QS-002,2026-10,4,0,0,0,1,3,3,2
            YH-001,2026-09,200,10,0,0,10,200,150,30
            YH-001,2026-10,200,,0,0,8,,140,35

            """
}
